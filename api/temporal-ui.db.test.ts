import { createServer, request, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { addOperator, removeOperator } from '#activities/rbac/operators.ts'
import { anApi } from '#tests/support/api.ts'
import { aUser, aWorkspace } from '#tests/support/fixtures.ts'

const UI = '/admin/temporal/'
const PAGE = '<html><script>start()</script></html>'

let api: Awaited<ReturnType<typeof anApi>>
let operator: string
let pass: string
let address: string
let asked: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[]

/** What a Temporal Web UI might say, and more: it is told what it hears. */
beforeAll(async () => {
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request
    const question = { method, url, headers, body: '' }
    asked.push(question)
    request.on('data', (chunk: Buffer) => (question.body += chunk.toString()))
    request.on('end', () => {
      response.setHeader('set-cookie', ['_csrf=abc123; Path=/; Expires=never', 'pf_refresh=mine'])
      response.setHeader('access-control-allow-origin', '*')
      response.setHeader('content-type', url.includes('/api/') ? 'application/json' : 'text/html')
      if (url.endsWith('/away')) response.writeHead(302, { location: 'https://elsewhere.example' })
      response.end(url.includes('/api/') ? '{"ok":true}' : PAGE)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  api = await anApi({
    TEMPORAL_UI_ADDRESS: `http://127.0.0.1:${port}`,
    PUBLIC_URL: 'https://projectflow.example.com/',
  })
  operator = await aUser(api.database, { email: 'operator@example.com' })
  await addOperator(api.database, 'operator@example.com')
  const answer = await api.call('POST', '/api/v1/admin/histories-pass', { as: operator })
  address = answer.body.url
  pass = answer.headers.getSetCookie().find((each) => each.startsWith('pf_temporal='))!
  return async () => {
    await api.stop()
    await new Promise((resolve) => server.close(resolve))
  }
})

beforeEach(() => {
  asked = []
})

const cookie = () => pass.split(';')[0]!
const open = async (path: string, headers: Record<string, string> = {}) =>
  await api.call('GET', path, { headers: { cookie: cookie(), ...headers } })
const change = async (headers: Record<string, string>) =>
  await api.call('POST', `${UI}api/v1/namespaces/default/workflows/w/terminate`, {
    headers: { cookie: cookie(), 'x-requested-with': '', ...headers },
    body: { reason: 'stuck' },
  })

test('ASVS line 49: to all but operators there is no Temporal Web UI', async () => {
  const { ownerId } = await aWorkspace(api.database)
  expect((await api.call('POST', '/api/v1/admin/histories-pass', { as: ownerId })).status).toBe(403)
  for (const headers of [{}, { cookie: 'pf_temporal=made-up' }, { cookie: `${cookie()}x` }]) {
    for (const path of ['/admin/temporal', UI, `${UI}api/v1/settings`]) {
      const { status, body } = await api.call('GET', path, { headers })
      expect([status, body.error.code]).toEqual([404, 'request.not_found'])
    }
  }
  expect(asked).toEqual([])
})

test('a request that names a host of its own is answered by the Web UI all the same', async () => {
  const { hostname, port } = new URL(api.url)
  const answer = await new Promise<string>((resolve, reject) => {
    const path = 'http://elsewhere.example/admin/temporal/namespaces/default'
    const asking = request({ hostname, port, path, headers: { cookie: cookie() } }, (response) => {
      response.setEncoding('utf8').on('data', resolve)
    })
    asking.once('error', reject).end()
  })
  expect(answer).toBe(PAGE)
})

test('an operator sees it, until they are none any more', async () => {
  expect(address).toBe('https://projectflow.example.com/admin/temporal')
  expect(pass).toMatch(/; Path=\/admin\/temporal; Max-Age=3600; HttpOnly; SameSite=Strict$/)
  expect((await open(`${UI}namespaces/default`)).body).toBe(PAGE)
  expect((await open(`${UI}api/v1/settings?a=1`)).body).toEqual({ ok: true })
  expect(asked.map(({ url }) => url)).toEqual([
    '/admin/temporal/namespaces/default',
    '/admin/temporal/api/v1/settings?a=1',
  ])
  await removeOperator(api.database, 'operator@example.com')
  expect((await open(UI)).status).toBe(404)
  await addOperator(api.database, 'operator@example.com')
})

test('it hears of nobody’s cookies, tokens and addresses, and gives no cookie but its own', async () => {
  const { headers } = await open(`${UI}api/v1/settings`, {
    cookie: `${cookie()}; pf_refresh=secret; _csrf=abc123`,
    authorization: 'Bearer secret',
    'x-forwarded-for': '192.0.2.1',
    'x-csrf-token': 'abc123',
  })
  expect(asked[0]!.headers['cookie']).toBe('_csrf=abc123')
  expect(asked[0]!.headers['x-csrf-token']).toBe('abc123')
  expect(JSON.stringify(asked)).not.toMatch(/secret|192\.0\.2\.1|pf_/)
  expect(headers.getSetCookie()).toEqual(['_csrf=abc123; Path=/admin/temporal; SameSite=Strict'])
  expect(headers.get('access-control-allow-origin')).toBeNull()
})

test('a change comes from our own pages, reaches it, and is in the log', async () => {
  const { host } = new URL(api.url)
  for (const headers of [{}, { origin: 'https://elsewhere.example' }, { origin: 'null' }]) {
    expect((await change(headers)).status).toBe(403)
  }
  expect(asked).toEqual([])
  expect((await change({ origin: `http://${host}` })).body).toEqual({ ok: true })
  expect(asked).toMatchObject([{ method: 'POST', body: '{"reason":"stuck"}' }])
  const line = await api.database('audit_log').where({ action: 'operator.temporal' }).first()
  expect(line).toMatchObject({ actor_id: operator, after: { method: 'POST' } })
})

test('its scripts are those it came with, and may ask it and the codec alone', async () => {
  const policy = (await open(UI)).headers.get('content-security-policy')!
  const { host } = new URL(api.url)
  expect(policy).toContain(`connect-src ${host}/admin/temporal/ ${host}/admin/codec/;`)
  expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/]{43}=';/)
  expect(policy).toContain('sandbox allow-scripts')
  expect(policy).not.toContain('allow-popups')
})

test('an address reaches nothing else, and it sends nobody to another site', async () => {
  const { headers } = await open(`${UI}away`)
  expect(headers.get('location')).toBeNull()
  asked = []
  await open('/admin/temporal/..%2f..%2fsecret')
  await open('/admin/temporal//elsewhere.example/')
  expect(asked.map(({ url }) => url)).toEqual([
    '/admin/temporal/..%2f..%2fsecret',
    '/admin/temporal//elsewhere.example/',
  ])
})
