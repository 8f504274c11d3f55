import { request } from 'node:http'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { openDatabase } from '#core/platform/database.ts'
import { anApi, caller, served } from '#tests/support/api.ts'
import { aWorkspace } from '#tests/support/fixtures.ts'
import { makeApp } from './app.ts'

let api: Awaited<ReturnType<typeof anApi>>

beforeAll(async () => {
  api = await anApi()
  return api.stop
})

/** The app with other parts, asked once. */
async function ask(parts: Partial<typeof api.parts>, path: string): Promise<Response> {
  const { url, server } = await served(await makeApp({ ...api.parts, ...parts }))
  try {
    return await fetch(url + path)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

test('it says that it lives', async () => {
  const { status, body } = await api.call('GET', '/health')
  expect([status, body]).toEqual([200, { status: 'ok' }])
})

test('it is ready when each component is, and says which one is not', async () => {
  const up = async () => true
  const probes = { postgres: up, redis: up }
  const dead = async () => await Promise.reject(new Error('connection refused'))

  const ready = await ask({ probes }, '/ready')
  const notReady = await ask({ probes: { ...probes, temporal: dead } }, '/ready')

  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: 'ready', components: { postgres: 'up', redis: 'up' } },
  ])
  expect([notReady.status, await notReady.json()]).toEqual([
    503,
    { status: 'not ready', components: { postgres: 'up', redis: 'up', temporal: 'down' } },
  ])
})

test('in demo mode it says where Temporal can be looked at', async () => {
  const config = { ...api.parts.config, PROJECTFLOW_DEMO: true }
  const body = await (await ask({ config, probes: {} }, '/ready')).json()
  expect(body).toMatchObject({
    temporal: {
      address: config.TEMPORAL_ADDRESS,
      namespace: 'default',
      uiUrl: 'http://127.0.0.1:8233',
    },
  })
})

test('it counts requests by route and not by address', async () => {
  await api.call('GET', '/api/v1/boards/1')
  const { body } = await api.call('GET', '/metrics')
  expect(body).toContain(
    'http_request_duration_seconds_count{method="GET",route="/api/v1/boards/:boardId",status="401"}',
  )
})

test('ASVS line 49: the figures of the process are for who is near or has the token', async () => {
  const config = { ...api.parts.config, METRICS_TOKEN: 'm'.repeat(32) }
  expect((await ask({ config }, '/metrics')).status).toBe(404)
  const through = { headers: { 'x-forwarded-for': '192.0.2.1' } }
  expect((await api.call('GET', '/metrics', through)).status).toBe(404)
  expect((await api.call('GET', '/metrics')).status).toBe(200)
})

test('it shows its description to programs and to people, with nothing from elsewhere', async () => {
  const json = await api.call('GET', '/openapi.json')
  const page = await api.call('GET', '/docs')

  expect(json.body.openapi).toBe('3.1.0')
  expect(page.body).toContain('/api/v1/cards/{cardId}/move')
  expect(page.body).not.toMatch(/(src|href)="https?:/)
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-/,
  )
})

test('what is not there and what takes no such method are told in the same form', async () => {
  const nothing = await api.call('GET', '/api/v1/nothing')
  const method = await api.call('DELETE', '/api/v1/me')

  expect(nothing.status).toBe(404)
  expect(nothing.body.error.code).toBe('request.not_found')
  expect(method.status).toBe(405)
  expect(method.headers.get('allow')).toBe('HEAD, GET')
  expect(method.body.error.code).toBe('request.method_not_allowed')
})

test('a sane request id is kept and any other replaced', async () => {
  const sane = { 'x-request-id': 'trace-12345' }
  const kept = await api.call('GET', '/api/v1/me', { headers: sane })
  const replaced = await api.call('GET', '/api/v1/me', { headers: { 'x-request-id': 'a b' } })

  expect(kept.headers.get('x-request-id')).toBe('trace-12345')
  expect(kept.body.error.requestId).toBe('trace-12345')
  expect(replaced.body.error.requestId).toMatch(/^[0-9a-f-]{36}$/)
})

const PLACES = ['/', '/boards/7', '/health', '/api/v1/me', '/api/v1/nothing', '/assets/gone.js']

test('ASVS line 22: a browser may load scripts and styles from here only, and show us in no frame', async () => {
  for (const place of [...PLACES, '/openapi.json']) {
    const policy = (await api.call('GET', place)).headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("style-src 'self';")
    expect(policy).toContain("connect-src 'self';")
    for (const none of ['object-src', 'base-uri', 'frame-ancestors']) {
      expect(policy).toContain(`${none} 'none'`)
    }
    expect(policy).not.toContain('unsafe')
  }
})

test('the page in which code is written is of no origin, asks nobody and is shown by our pages alone', async () => {
  const page = await api.call('GET', '/code-editor/index.html')
  const policy = page.headers.get('content-security-policy')!.split('; ')
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "connect-src 'none'",
      "frame-ancestors 'self'",
      'sandbox allow-scripts',
    ]),
  )
  // Its files are for everybody, for it reads them as nobody; no other file is.
  expect(page.headers.get('access-control-allow-origin')).toBe('*')
  const { headers } = await api.call('GET', '/assets/main.js')
  expect(headers.get('access-control-allow-origin')).toBeNull()
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
})

test('ASVS line 23: each answer keeps itself apart, and in production to TLS', async () => {
  const config = { ...api.parts.config, NODE_ENV: 'production' as const }
  for (const place of [...PLACES, '/docs', '/metrics', '/admin/queues', '/admin/codec/decode']) {
    const { headers } = await ask({ config }, place)
    expect(Object.fromEntries(headers)).toMatchObject({
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
  }
})

test('ASVS line 24: no answer of the API is kept, and signing out empties the cache', async () => {
  const { ownerId } = await aWorkspace(api.database)
  for (const as of ['', ownerId]) {
    const { headers } = await api.call('GET', '/api/v1/me', { as })
    expect(headers.get('cache-control')).toBe('no-store')
  }
  const left = await api.call('POST', '/api/v1/auth/logout')
  expect(left.headers.get('clear-site-data')).toBe('"cache"')
})

test('ASVS line 27: no address sends anybody to another one', async () => {
  const elsewhere = ['//evil.example', '/\\evil.example', '/%2f%2fevil.example', '/%0d%0aX:%20y']
  const asked = [...PLACES, '/login', '/docs', '/admin/queues'].flatMap((place) =>
    ['next', 'url', 'redirect', 'returnTo'].map((key) => `${place}?${key}=https://evil.example`),
  )
  for (const path of [...asked, ...elsewhere]) {
    const { status, headers } = await api.call('GET', path)
    expect([301, 302, 303, 307, 308]).not.toContain(status)
    expect(headers.get('location')).toBeNull()
  }
})

test('ASVS line 48: a fault is named by its request id and shows nothing else', async () => {
  const broken = await anApi()
  await broken.database.raw('drop table users cascade')
  const body = { email: 'a@example.com', password: 'x' }

  const answer = await broken.call('POST', '/api/v1/auth/login', { body })
  await broken.stop()

  expect(answer.status).toBe(500)
  expect(answer.body.error).toEqual({
    code: 'internal',
    message: expect.not.stringContaining('users'),
    requestId: answer.headers.get('x-request-id'),
    details: {},
  })
})

test('ASVS line 48: while Postgres is away the answer is to try again', async () => {
  const database = openDatabase({
    url: 'postgres://127.0.0.1:1/nowhere',
    name: 'test',
    connectionsMax: 1,
    statementLimitMs: 1_000,
  })
  const { url, server } = await served(await makeApp({ ...api.parts, database }))

  const { status, headers, body } = await caller(url, api.parts)('GET', '/api/v1/me', {
    as: newId(),
  })
  server.close()
  await database.destroy()

  expect(status).toBe(503)
  expect(headers.get('retry-after')).toBe('1')
  expect(body.error.code).toBe('service.away')
})

test('a body that grows past 1 MB is cut off, however long it says it is', async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const { hostname, port } = new URL(api.url)
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
    const sending = request(
      { hostname, port, path: '/api/v1/auth/login', method: 'POST', headers },
      (response) => {
        response.resume()
        resolve(response.statusCode)
      },
    )
    sending.on('error', reject)
    for (let megabytes = 0; megabytes < 3; megabytes += 1) sending.write('x'.repeat(1_000_000))
    sending.end()
  })
  expect(status).toBe(413)
})
