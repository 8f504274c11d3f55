import { beforeAll, beforeEach, expect, test } from 'vitest'
import { pino } from 'pino'
import { anApi, caller, served } from '#tests/support/api.ts'
import { makeApp } from './app.ts'

let api: Awaited<ReturnType<typeof anApi>>
let call: typeof api.call
let logged: string[]

beforeAll(async () => {
  api = await anApi()
  return api.stop
})

beforeEach(async () => {
  logged = []
  const log = pino({}, { write: (line: string) => void logged.push(line) })
  const { url, server } = await served(await makeApp({ ...api.parts, log }))
  call = caller(url, api.parts)
  return async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

const report = async (body: unknown, type = 'application/csp-report') =>
  await call('POST', '/policy-reports', { body, headers: { 'content-type': type } })
const anOld = (uri = 'https://evil.example/x.js?a=1') => ({
  'csp-report': {
    'effective-directive': 'script-src-elem',
    'blocked-uri': uri,
    'document-uri': 'https://projectflow.example.com/boards/7?card=secret#frag',
  },
})

test('ASVS line 22: what a browser reports of a broken policy is in the log, without what is behind a path', async () => {
  expect((await report(anOld())).status).toBe(204)
  const fields = { blockedURL: 'inline', documentURL: 'https://a.example/?token=secret' }
  const body = { effectiveDirective: 'style-src-attr', ...fields }
  await report([{ type: 'csp-violation', body }], 'application/reports+json')

  expect(logged.map((line) => JSON.parse(line))).toMatchObject([
    {
      directive: 'script-src-elem',
      blocked: 'https://evil.example/x.js',
      document: 'https://projectflow.example.com/boards/7',
    },
    { directive: 'style-src-attr', blocked: 'inline', document: 'https://a.example/' },
  ])
  expect(logged.join()).not.toContain('secret')
})

test('pages name where to report to', async () => {
  const { headers } = await call('GET', '/health')
  expect(headers.get('reporting-endpoints')).toBe('policy="/policy-reports"')
  const policy = headers.get('content-security-policy')
  expect(policy).toContain('report-uri /policy-reports;report-to policy')
})

test.each([
  ['no JSON', 'not { json'],
  ['another form', { any: 'thing' }],
  ['another kind of report', [{ type: 'deprecation', body: {} }]],
  ['too many at once', Array.from({ length: 21 }, () => ({ type: 'csp-violation', body: {} }))],
])('%s is taken and not logged', async (_, body) => {
  expect((await report(body)).status).toBe(204)
  expect(logged).toEqual([])
})

test('what is too long is refused, and a flood is not logged', async () => {
  expect((await report(anOld('x'.repeat(20_000)))).status).toBe(413)
  for (let times = 0; times < 70; times += 1) await report(anOld())
  expect(logged).toHaveLength(60)
})
