import { generate } from 'otplib'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { hashPassword } from '#activities/auth/password.ts'
import { newId } from '#core/kernel/ids.ts'
import { anApiWithMail } from '#tests/support/api-with-mail.ts'
import { aUser } from '#tests/support/fixtures.ts'

const PASSWORD = 'correct horse battery'
const WAIT = { timeout: 10_000, interval: 20 }

let it: Awaited<ReturnType<typeof anApiWithMail>>
let passwordHash: string

beforeAll(async () => {
  it = await anApiWithMail()
  passwordHash = await hashPassword(PASSWORD)
  return it.stop
})
beforeEach(async () => await it.forgetTries())

const post = async (path: string, body: object, as?: string) =>
  await it.api.call('POST', `/api/v1/auth/${path}`, { body, ...(as && { as }) })
const ask = async (as: string, email: string, more: object = {}) =>
  await post('email/change', { email, password: PASSWORD, ...more }, as)
const confirm = async (token: string) => await post('email/confirm', { token })
const login = async (email: string) => await post('login', { email, password: PASSWORD })
const emailOf = async (id: string) => (await it.api.database('users').where({ id }).first()).email
const anAddress = () => `${newId()}@example.com`

async function aPerson() {
  const email = anAddress()
  return { id: await aUser(it.api.database, { email, passwordHash }), email }
}

async function aLink(id: string, email: string): Promise<string> {
  expect((await ask(id, email)).status).toBe(204)
  return (await it.tokensTo(email, '/confirm-address'))[0]!
}

test('ASVS line 8: a new address counts once its link was followed, and the old one is told', async () => {
  const [{ id, email }, wanted] = [await aPerson(), anAddress()]
  const token = await aLink(id, wanted)
  expect(await emailOf(id)).toBe(email)
  expect((await confirm(token)).status).toBe(204)
  expect([(await login(email)).status, (await login(wanted)).status]).toEqual([401, 200])
  await expect.poll(() => it.lettersTo(email).length, WAIT).toBe(1)
  expect(it.lettersTo(email)[0]).toContain(wanted)
})

test('sessions go on, and links that were on their way to the old address are over', async () => {
  const { id, email } = await aPerson()
  const { accessToken } = (await login(email)).body
  await post('password/forgot', { email })
  const [reset] = await it.tokensTo(email, '/reset-password')
  const [first, second] = [await aLink(id, anAddress()), await aLink(id, anAddress())]
  expect((await confirm(second)).status).toBe(204)
  expect((await confirm(first)).status).toBe(410)
  const password = 'staple under the bridge'
  expect((await post('password/reset', { token: reset, password })).status).toBe(410)
  const headers = { authorization: `Bearer ${accessToken}` }
  expect((await it.api.call('GET', '/api/v1/me', { headers })).status).toBe(200)
})

test('ASVS line 8: without the password, and the code where one is asked for, no letter goes out', async () => {
  const { id } = await aPerson()
  const wanted = anAddress()
  const guess = await ask(id, wanted, { password: 'guess' })
  expect([guess.status, guess.body.error.code]).toEqual([403, 'auth.wrong_password'])

  const { secret } = (await post('totp/begin', { password: PASSWORD }, id)).body
  const code = async (second: number) =>
    await generate({ secret, epoch: Math.floor(Date.now() / 1_000) + second })
  expect((await post('totp/confirm', { code: await code(0) }, id)).status).toBe(200)
  const without = await ask(id, wanted)
  expect([without.status, without.body.error.code]).toEqual([403, 'auth.wrong_code'])
  await it.allWritten()
  expect(it.lettersTo(wanted)).toEqual([])
  expect((await ask(id, wanted, { code: await code(30) })).status).toBe(204)
})

test('ASVS line 7: a link is good once, also for two tabs that follow it at once', async () => {
  const { id } = await aPerson()
  const token = await aLink(id, anAddress())
  const both = await Promise.all([confirm(token), confirm(token)])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 410])
  const again = await confirm(token)
  expect([again.status, again.body.error.code]).toEqual([410, 'link.over'])
})

test('ASVS line 7: a link is over after 15 minutes', async () => {
  const [{ id, email }, wanted] = [await aPerson(), anAddress()]
  const token = await aLink(id, wanted)
  const links = () => it.api.database('email_changes').where({ user_id: id })
  const leftMs = (await links().first()).expires_at.getTime() - Date.now()
  expect(leftMs).toBeLessThanOrEqual(900_000)
  expect(leftMs).toBeGreaterThan(800_000)
  await links().update({ expires_at: new Date(0) })
  expect((await confirm(token)).status).toBe(410)
  expect(await emailOf(id)).toBe(email)
})

test('ASVS line 5: of an address that has an account nobody but its person learns', async () => {
  const [{ id, email }, other] = [await aPerson(), await aPerson()]
  const [taken, free] = [await ask(id, other.email), await ask(id, anAddress())]
  expect([taken.status, taken.body]).toEqual([free.status, free.body])
  await expect.poll(() => it.lettersTo(other.email).length, WAIT).toBe(1)
  expect(it.lettersTo(other.email)[0]).toContain('You have an account for ProjectFlow already')
  expect(await emailOf(id)).toBe(email)
})

test('of two people who take an address at once one gets it, and the other keeps theirs', async () => {
  const [one, two, wanted] = [await aPerson(), await aPerson(), anAddress()]
  for (const { id } of [one, two]) expect((await ask(id, wanted)).status).toBe(204)
  const tokens = await it.tokensTo(wanted, '/confirm-address', 2)
  const both = await Promise.all(tokens.map(confirm))
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 410])
  const now = [await emailOf(one.id), await emailOf(two.id)]
  expect(now.filter((email) => email === wanted)).toHaveLength(1)
})

test.each([
  ['wide letters', '\uFF41nn@example.com'],
  ['a letter of another script', '\u0430nn@example.com'],
  ['an i without a dot', 'm\u0131ke@example.com'],
  ['two addresses', 'ann@example.com, bob@example.com'],
])('nobody gets an address with %s', async (_, wanted) => {
  const { id } = await aPerson()
  const { status, body } = await ask(id, wanted)
  expect([status, body.error.code]).toEqual([400, 'request.invalid'])
})

test('a letter goes to three addresses at a time at the most', async () => {
  const { id } = await aPerson()
  const wanted = [anAddress(), anAddress(), anAddress(), anAddress()]
  for (const email of wanted) expect((await ask(id, email)).status).toBe(204)
  await it.allWritten()
  expect(wanted.flatMap((email) => it.lettersTo(email))).toHaveLength(3)
})
