import { beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '#activities/auth/password.ts'
import { NOT_FOUND } from '#core/contracts/action.ts'
import { contractOf } from '#core/contracts/actions.ts'
import { ERRORS, type ErrorCode } from '#core/contracts/errors.ts'
import { newId } from '#core/kernel/ids.ts'
import { REQUEST_BYTES_MAX } from '#core/kernel/limits.ts'
import { anApi, type Answer, type Request } from '#tests/support/api.ts'
import { aWorkspace } from '#tests/support/fixtures.ts'
import { sampleOf } from '#tests/support/sample.ts'
import type { Route } from './route.ts'
import { routes } from './routes/index.ts'

let api: Awaited<ReturnType<typeof anApi>>
let stranger: string

beforeAll(async () => {
  api = await anApi({ UPLOADS_PER_HOUR_MAX: '1000' })
  stranger = (await aWorkspace(api.database)).ownerId
  const kept = { password_hash: await hashPassword('correct horse battery') }
  await api.database('users').where({ id: stranger }).update(kept)
  return api.stop
})

const NAMES = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]))
const only = (wanted: (route: Route) => boolean) =>
  [...NAMES].filter(([, route]) => wanted(route)).map(([name]) => name)

const takesJson = ({ method, takesFile }: Route) => method !== 'get' && !takesFile

/** Asks a route with ids that exist nowhere, unless told otherwise. */
async function ask(name: string, more: Request & { query?: string; id?: string } = {}) {
  const { method, path, access } = NAMES.get(name)!
  const address = path.replaceAll(/:\w+/g, () => more.id ?? newId())
  const url = `/api/v1${address}${more.query ?? ''}`
  return await api.call(method.toUpperCase(), url, {
    ...(access !== 'anyone' && { as: stranger }),
    ...more,
  })
}

function expectRefusal({ status, body }: Answer, code: ErrorCode) {
  expect(body).toEqual({
    error: {
      code,
      message: expect.any(String),
      requestId: expect.any(String),
      details: expect.anything(),
    },
  })
  expect(status).toBe(ERRORS[code][0])
}

describe.each(only(({ access }) => access !== 'anyone'))('%s', (name) => {
  test('wants to know who asks', async () => {
    expectRefusal(await ask(name, { as: '' }), 'auth.required')
  })
})

describe.each(only(({ path }) => path.includes(':')))('ASVS line 29: %s', (name) => {
  test('refuses an id that is none', async () => {
    for (const id of ['7', 'null', '%00', '..%2f..', '%ff', `${newId()}x`]) {
      expectRefusal(await ask(name, { id }), 'request.invalid')
    }
  })
})

describe.each([...NAMES.keys()])('ASVS line 29: %s', (name) => {
  test('refuses parameters it does not know, given twice or not in UTF-8', async () => {
    for (const query of ['?surprise=1', '?a=1&a=2', '?limit=1&limit=2', '?__proto__=1', '?q=%ff']) {
      expectRefusal(await ask(name, { query }), 'request.invalid')
    }
  })
})

describe.each(only(takesJson))('ASVS line 29: %s', (name) => {
  test('refuses a body that is no JSON object of its contract', async () => {
    for (const body of [[], 'null', '7', '"x"', { surprise: 1 }, '{"__proto__":{"x":1}}']) {
      expectRefusal(await ask(name, { body }), 'request.invalid')
    }
    expectRefusal(await ask(name, { body: '{"title":' }), 'request.not_json')
  })

  test('refuses a body of another type or too large', async () => {
    const headers = { 'content-type': 'text/plain' }
    expectRefusal(await ask(name, { body: '{}', headers }), 'request.unsupported_type')
    const large = JSON.stringify({ text: 'x'.repeat(REQUEST_BYTES_MAX) })
    expectRefusal(await ask(name, { body: large }), 'request.too_large')
  })
})

describe.each(only(takesJson))('ASVS line 29: %s', (name) => {
  test('takes a key that is a uuid, answers it, and refuses any other', async () => {
    const { body: wanted } = NAMES.get(name)!
    const body = wanted ? sampleOf(wanted) : {}
    const key = newId()
    const taken = await ask(name, { body, headers: { 'idempotency-key': key } })
    expect(taken.headers.get('idempotency-key')).toBe(key)
    const refused = await ask(name, { body, headers: { 'idempotency-key': 'again' } })
    expectRefusal(refused, 'request.invalid')
  })
})

describe.each(only(({ query }) => query !== null))('ASVS line 29: %s', (name) => {
  test('refuses a page size out of bounds and a cursor that is none', async () => {
    const word = name.includes('search') ? '&q=word' : ''
    for (const query of ['?limit=0', '?limit=101', '?limit=-1', '?limit=1e1', '?cursor=%20']) {
      expectRefusal(await ask(name, { query: query + word }), 'request.invalid')
    }
  })
})

const FRAGMENTS = ["'; drop table users; --", "' or ''='", '$1', '\\', "%' union select null --"]

/** The sample with the fragment for every text in it that is free. */
function poisoned(value: unknown, fragment: string): unknown {
  if (typeof value === 'string') return fragment
  if (Array.isArray(value)) return value.map((each) => poisoned(each, fragment))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, poisoned(each, fragment)]),
  )
}

/** Each text by itself too: an id that is none would keep the others from being looked at. */
function* poisonedBodies(sample: unknown, fragment: string): Generator<unknown> {
  yield poisoned(sample, fragment)
  for (const [key, each] of Object.entries(sample as object)) {
    yield { ...(sample as object), [key]: poisoned(each, fragment) }
  }
}

describe.each(only(({ body }) => body !== null))('ASVS line 28: %s', (name) => {
  test('takes words of SQL as words', async () => {
    for (const fragment of FRAGMENTS) {
      for (const body of poisonedBodies(sampleOf(NAMES.get(name)!.body!), fragment)) {
        expect((await ask(name, { body })).status).not.toBe(500)
      }
    }
  })
})

test('ASVS line 28: a search takes words of SQL as words', async () => {
  for (const fragment of FRAGMENTS) {
    const query = `?q=${encodeURIComponent(fragment)}`
    expect((await ask('get /search', { query })).status).toBeLessThan(500)
  }
})

test('ASVS line 29: bytes that are not UTF-8 are no JSON, wherever they stand', async () => {
  const response = await fetch(`${api.url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  })
  expect(await response.json()).toMatchObject({ error: { code: 'request.not_json' } })
})

test('ASVS line 29: a body said to be compressed is not unpacked', async () => {
  const headers = { 'content-encoding': 'gzip' }
  expectRefusal(await ask('post /auth/login', { body: '{}', headers }), 'request.unsupported_type')
})

describe.each(only(({ action }) => action !== undefined))('ASVS line 29: %s', (name) => {
  const { action, body: wanted } = NAMES.get(name)!
  const body = wanted ? sampleOf(wanted) : {}

  test('says that what it is about is not there, be it nowhere or somebody else’s', async () => {
    expectRefusal(await ask(name, { body }), NOT_FOUND[contractOf(action!).target])
  })

  test('refuses a gesture that is no uuid', async () => {
    const headers = { 'gesture-id': 'again' }
    expectRefusal(await ask(name, { body, headers }), 'request.invalid')
  })
})
