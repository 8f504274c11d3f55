import { hash } from '@node-rs/argon2'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { hashPassword } from '#activities/auth/password.ts'
import { newId } from '#core/kernel/ids.ts'
import { anApi } from '#tests/support/api.ts'
import { aUser } from '#tests/support/fixtures.ts'

const PASSWORD = 'correct horse battery'
const ASKED_FOR = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/

let api: Awaited<ReturnType<typeof anApi>>
let email: string

beforeAll(async () => {
  api = await anApi({ LOGINS_PER_MINUTE_MAX: '1000000' })
  return api.stop
})

beforeEach(() => {
  email = `${newId()}@example.com`
})

const login = async (address = email, password = PASSWORD) =>
  await api.call('POST', '/api/v1/auth/login', { body: { email: address, password } })
const keptHash = async () => (await api.database('users').where({ email }).first())!.password_hash

test('ASVS line 3: a password is kept as Argon2id with 19 MiB and two passes, with a salt of its own', async () => {
  const hashes = [await hashPassword(PASSWORD), await hashPassword(PASSWORD)]
  for (const kept of hashes) expect(kept).toMatch(ASKED_FOR)
  expect(hashes[0]).not.toBe(hashes[1])
})

test('ASVS line 3: one that was kept with less is kept anew when its person signs in', async () => {
  const passwordHash = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 })
  await aUser(api.database, { email, passwordHash })

  expect((await login(email, 'guess')).status).toBe(401)
  expect(await keptHash()).toBe(passwordHash)
  expect((await login()).status).toBe(200)
  const renewed = await keptHash()
  expect(renewed).toMatch(ASKED_FOR)

  expect((await login()).status).toBe(200)
  expect(await keptHash()).toBe(renewed)
})

test('ASVS line 3: while fifty sign in at once the process answers others', async () => {
  await aUser(api.database, { email, passwordHash: await hashPassword(PASSWORD) })
  let left = 50
  const logins = Array.from({ length: left }, async () => {
    const { status } = await login()
    left -= 1
    return status
  })
  for (let asked = 0; asked < 5; asked += 1) {
    expect((await api.call('GET', '/health')).status).toBe(200)
  }
  expect(left).toBeGreaterThan(0)
  expect(new Set(await Promise.all(logins))).toEqual(new Set([200]))
})

test('ASVS line 5: an address that nobody has takes as long as a wrong password', async () => {
  await aUser(api.database, { email, passwordHash: await hashPassword(PASSWORD) })
  const took: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
  // By turns, so that what else the machine does falls on both.
  for (let times = 0; times < 15; times += 1) {
    for (const [name, address] of [
      ['known', email],
      ['unknown', `${newId()}@example.com`],
    ] as const) {
      const startMs = performance.now()
      await login(address, 'guess')
      took[name].push(performance.now() - startMs)
    }
  }
  const middle = (times: number[]) => times.toSorted((a, b) => a - b)[7]!
  // Without the hash it would take a tenth.
  expect(middle(took.unknown) / middle(took.known)).toBeGreaterThan(0.6)
  expect(middle(took.unknown) / middle(took.known)).toBeLessThan(1.6)
})
