import { afterEach, beforeAll, expect, test } from 'vitest'
import { linkHash, newLinkToken } from '#activities/auth/link-token.ts'
import { hashPassword } from '#activities/auth/password.ts'
import { newId } from '#core/kernel/ids.ts'
import { anApi } from '#tests/support/api.ts'
import { aUser } from '#tests/support/fixtures.ts'
import { ownRedis, type OwnRedis } from '#tests/support/own-redis.ts'

const PASSWORD = 'correct horse'
const AWAY_LIMIT_MS = 3_000

let redis: OwnRedis
let api: Awaited<ReturnType<typeof anApi>>
let hash: string

beforeAll(async () => {
  redis = await ownRedis()
  api = await anApi({ REDIS_URL: redis.url, TRUSTED_PROXIES: '1' })
  hash = await hashPassword(PASSWORD)
  return async () => {
    await api.stop()
    await redis.kill()
  }
})

afterEach(async () => {
  await api.parts.redis.flushall()
})

const aLogin = async () => {
  const email = `${newId()}@example.com`
  const id = await aUser(api.database, { email, passwordHash: hash })
  return { id, email }
}

/** What the proxy before us says; before it stands what the caller made up. */
const from = (address: string) => ({ 'x-forwarded-for': `${newId()}, 192.0.2.9, ${address}` })
const HOME = '198.51.100.7'
const login = async (email: string, password = PASSWORD, address = HOME) =>
  await api.call('POST', '/api/v1/auth/login', {
    body: { email, password },
    headers: from(address),
  })

/** Wrong guesses one after the other: what each was answered. */
async function guess(count: number, email: () => string, address: () => string) {
  const statuses: number[] = []
  for (let made = 0; made < count; made += 1) {
    const { status } = await login(email(), 'guess', address())
    statuses.push(status)
  }
  return statuses
}
const anybody = () => `${newId()}@example.com`

test('ASVS line 4: the sixth wrong attempt in a minute has to wait, even with the right password', async () => {
  const { email } = await aLogin()
  const attempts = await Promise.all(Array.from({ length: 7 }, () => login(email, 'guess')))

  const late = await login(email)

  expect(attempts.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    401, 401, 401, 401, 401, 429, 429,
  ])
  expect(late.body.error.code).toBe('auth.too_many_attempts')
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
})

test.each([
  ['0', 429, '127.0.0.1'],
  ['1', 200, '198.51.100.7'],
])(
  'ASVS line 37: with %s trusted proxies, who signs in after a stranger has guessed gets %i',
  async (TRUSTED_PROXIES, status, ip) => {
    const behind = await anApi({ TRUSTED_PROXIES })
    const email = `${newId()}@example.com`
    await aUser(behind.database, { email, passwordHash: hash })
    const enter = async (password: string, address: string) => {
      const body = { email, password }
      return await behind.call('POST', '/api/v1/auth/login', { body, headers: from(address) })
    }
    await enter(PASSWORD, '198.51.100.7')
    for (let count = 0; count < 6; count += 1) await enter('guess', '203.0.113.5')

    const late = await enter(PASSWORD, '198.51.100.7')

    expect(late.status).toBe(status)
    expect((await behind.database('sessions').first('ip')).ip).toBe(ip)
    await behind.stop()
  },
)

test('ASVS line 4: who knows the password may sign in as often as they like', async () => {
  const { email } = await aLogin()
  for (let count = 0; count < 7; count += 1) {
    const { status } = await login(email)
    expect(status).toBe(200)
  }
})

test('ASVS line 4: who guesses at many accounts from one address has to wait, and nobody else', async () => {
  const { email } = await aLogin()
  expect(await guess(21, anybody, () => '203.0.113.5')).toEqual([
    ...Array<number>(20).fill(401),
    429,
  ])
  expect((await login(email, PASSWORD, '203.0.113.5')).status).toBe(429)
  expect((await login(email)).status).toBe(200)
})

test('ASVS line 4: all addresses of one IPv6 network are one', async () => {
  let last = 0
  const there = () => `2001:db8:7:7::${(last += 1).toString(16)}`
  expect((await guess(21, anybody, there)).at(-1)).toBe(429)
  expect((await guess(1, anybody, () => '2001:db8:7:8::1')).at(-1)).toBe(401)
})

test('ASVS line 4: who signs in to an account of their own has no more guesses at others', async () => {
  const own = await aLogin()
  await guess(20, anybody, () => HOME)
  expect((await login(own.email)).status).toBe(429)
})

test('ASVS line 4: an account that is guessed at from everywhere is closed there, and open where its owner has been', async () => {
  const { email } = await aLogin()
  await login(email)
  let last = 0
  const elsewhere = () => `203.0.113.${(last += 1)}`
  expect((await guess(21, () => email, elsewhere)).filter((status) => status === 429)).toHaveLength(
    1,
  )
  expect((await login(email, PASSWORD, '192.0.2.44')).status).toBe(429)
  expect((await login(email)).status).toBe(200)
})

test('ASVS line 4: a link to a new password lets its owner in from anywhere meanwhile', async () => {
  const { id, email } = await aLogin()
  let last = 0
  await guess(
    21,
    () => email,
    () => `203.0.113.${(last += 1)}`,
  )
  const [token, password] = [newLinkToken(), 'new horse battery staple']
  const row = {
    token_hash: linkHash(token),
    user_id: id,
    expires_at: new Date(Date.now() + 60_000),
  }
  await api.database('password_resets').insert(row)
  const body = { token, password }
  const reset = await api.call('POST', '/api/v1/auth/password/reset', { body, headers: from(HOME) })
  expect([reset.status, (await login(email, password)).status]).toEqual([204, 200])
})

test('ASVS line 4: each wait within an hour is twice the last, up to a quarter of an hour', async () => {
  const { email } = await aLogin()
  const waits: number[] = []
  for (let round = 0; round < 6; round += 1) {
    await guess(
      5,
      () => email,
      () => HOME,
    )
    const { headers } = await login(email, 'guess')
    waits.push(Number(headers.get('retry-after')))
    const keys = await api.parts.redis.keys('*')
    await api.parts.redis.del(keys.filter((key) => !key.endsWith(':strikes')))
  }
  expect(waits).toEqual([60, 120, 240, 480, 900, 900])
})

test('ASVS line 4: an account that nobody has is told to wait like any other', async () => {
  const unknown = anybody()
  const { email } = await aLogin()
  const ofNobody = await guess(
    6,
    () => unknown,
    () => HOME,
  )
  await api.parts.redis.flushall()
  expect(
    await guess(
      6,
      () => email,
      () => HOME,
    ),
  ).toEqual(ofNobody)
})

test.each(['is away', 'hangs'])(
  'ASVS line 34: while Redis %s nobody signs in, and nobody waits for it',
  async (how) => {
    const { email } = await aLogin()
    if (how === 'hangs') redis.hang()
    else await redis.kill()
    const startMs = performance.now()
    const { status, body } = await login(email)
    expect([status, body.error.code]).toEqual([503, 'service.away'])
    expect(performance.now() - startMs).toBeLessThan(AWAY_LIMIT_MS)
    if (how === 'hangs') redis.wake()
    else await redis.start()
    await expect.poll(() => api.parts.redis.ping().catch(() => null)).toBe('PONG')
  },
)
