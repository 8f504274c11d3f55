import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { signToken } from '#core/platform/access-token.ts'
import { anApi } from '#tests/support/api.ts'
import { aWorkspace } from '#tests/support/fixtures.ts'
import { sampleOf } from '#tests/support/sample.ts'
import { routes } from './routes/index.ts'

const FRIEND = 'https://friend.example.com'
let api: Awaited<ReturnType<typeof anApi>>
let token: string

beforeAll(async () => {
  api = await anApi({ CORS_ORIGINS: FRIEND })
  const { ownerId } = await aWorkspace(api.database)
  token = await signToken(api.parts.keys, 'api', ownerId)
  return api.stop
})

const NAMES = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]))
const changes = [...NAMES].filter(([, { method }]) => method !== 'get').map(([name]) => name)

/** Asks as a browser does; only what is given says where from and by whom. */
async function ask(name: string, headers: Record<string, string>) {
  const { method, path, body } = NAMES.get(name)!
  const url = api.url + '/api/v1' + path.replaceAll(/:\w+/g, () => newId())
  const sent = method === 'get' ? {} : { body: JSON.stringify(body ? sampleOf(body) : {}) }
  const type = { 'content-type': 'application/json' }
  const asked = { method: method.toUpperCase(), headers: { ...type, ...headers }, ...sent }
  const response = await fetch(url, asked)
  const text = await response.text()
  return { headers: response.headers, code: text && JSON.parse(text).error?.code }
}

describe.each(changes)('ASVS line 20: %s', (name) => {
  test('is refused to pages of other sites, whatever they bear', async () => {
    const all = {
      authorization: `Bearer ${token}`,
      'x-requested-with': 'x',
      cookie: 'pf_refresh=x',
    }
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${api.url}.evil.example` },
      { origin: `${FRIEND}.evil.example` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: api.url, 'sec-fetch-site': 'cross-site' },
    ]
    for (const from of foreign) {
      expect((await ask(name, { ...all, ...from })).code).toBe('request.cross_site')
    }
  })

  test('takes no cookie without a header that no form can send', async () => {
    const { code } = await ask(name, { cookie: 'pf_refresh=x' })
    expect(code).toBe('request.cross_site')
  })

  test('is open to our own pages and to programs that say nothing of where they are', async () => {
    const authorization = `Bearer ${token}`
    for (const from of [{}, { origin: api.url, 'sec-fetch-site': 'same-origin' }]) {
      const { code } = await ask(name, { authorization, ...from })
      expect(code).not.toBe('request.cross_site')
    }
  })
})

describe.each([...NAMES.keys()])('ASVS line 21: %s', (name) => {
  test('names the origins of the list, and never one that asks', async () => {
    const strange = [
      'https://evil.example',
      'null',
      '*',
      FRIEND.toUpperCase(),
      FRIEND.replace('https', 'http'),
      `${FRIEND}:444`,
      `${FRIEND}.evil.example`,
      `${FRIEND}/`,
      `https://evil.example#${FRIEND}`,
      `${FRIEND},https://evil.example`,
    ]
    for (const origin of [...strange, FRIEND]) {
      const { headers } = await ask(name, { origin })
      const told = headers.get('access-control-allow-origin')
      expect(told).toBe(origin === FRIEND ? FRIEND : null)
      expect(headers.get('vary')?.toLowerCase()).toContain('origin')
      expect(headers.get('access-control-allow-credentials')).toBeNull()
    }
  })
})

test('ASVS line 21: a browser is told before a request which pages may send it', async () => {
  const asks = async (origin: string) =>
    await api.call('OPTIONS', '/api/v1/me', {
      headers: { origin, 'access-control-request-method': 'GET' },
    })
  const friend = await asks(FRIEND)
  expect(friend.status).toBe(204)
  expect(friend.headers.get('access-control-allow-headers')).not.toContain('x-requested-with')
  const other = await asks('https://evil.example')
  expect(other.headers.get('access-control-allow-origin')).toBeNull()
})
