import { generate } from 'otplib'
import { beforeAll, expect, test } from 'vitest'
import { hashPassword } from '#activities/auth/password.ts'
import { newId } from '#core/kernel/ids.ts'
import { signToken } from '#core/platform/access-token.ts'
import { anApi } from '#tests/support/api.ts'
import { aUser } from '#tests/support/fixtures.ts'

const PASSWORD = 'correct horse battery'
const STEP_S = 30

let api: Awaited<ReturnType<typeof anApi>>
let passwordHash: string

beforeAll(async () => {
  api = await anApi()
  passwordHash = await hashPassword(PASSWORD)
  return api.stop
})

const post = async (path: string, body: object, as?: string) =>
  await api.call('POST', `/api/v1/auth/${path}`, { body, ...(as && { as }) })

/** The code of now, or of so many steps from now. */
const codeOf = async (secret: string, steps = 0) =>
  await generate({ secret, epoch: Date.now() / 1_000 + steps * STEP_S })

async function aPerson() {
  const email = `${newId()}@example.com`
  const id = await aUser(api.database, { email, passwordHash })
  const totp = () => api.database('user_totp').where({ user_id: id })
  return { id, email, totp }
}

/** Somebody who signs in by two steps. The codes of their app have not been used yet. */
async function aCarefulPerson() {
  const person = await aPerson()
  const { id, email, totp } = person
  const begun = await post('totp/begin', { password: PASSWORD }, id)
  const { secret } = begun.body
  const { body } = await post('totp/confirm', { code: await codeOf(secret) }, id)
  await totp().update({ last_step: 0 })
  const recoveryCodes: string[] = body.recoveryCodes
  const challenge = async (): Promise<string> =>
    (await post('login', { email, password: PASSWORD })).body.challenge
  const enter = async (code: string) =>
    await post('second-step', { challenge: await challenge(), code })
  return { ...person, secret, recoveryCodes, challenge, enter }
}

const answerOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
  status,
  body.error?.code,
]
const WRONG = [403, 'auth.wrong_code']

test('ASVS line 8: who turns it on stays signed in here, and elsewhere has to sign in by both steps', async () => {
  const { email } = await aPerson()
  const signIn = async () => (await post('login', { email, password: PASSWORD })).body.accessToken
  const [here, elsewhere] = [await signIn(), await signIn()]
  const ask = async (token: string, method: string, path: string, body?: object) =>
    await api.call(method, `/api/v1/${path}`, {
      headers: { authorization: `Bearer ${token}` },
      ...(body && { body }),
    })
  const { secret } = (await ask(here, 'POST', 'auth/totp/begin', { password: PASSWORD })).body
  const code = await codeOf(secret)
  expect((await ask(elsewhere, 'GET', 'me')).status).toBe(200)
  expect((await ask(here, 'POST', 'auth/totp/confirm', { code })).status).toBe(200)
  const now = [await ask(here, 'GET', 'me'), await ask(elsewhere, 'GET', 'me')]
  expect(now.map(({ status }) => status)).toEqual([200, 401])
})

test('with two steps the password alone opens nothing', async () => {
  const { email, secret, challenge, id } = await aCarefulPerson()
  const first = await post('login', { email, password: PASSWORD })
  expect(first.body).toEqual({ challenge: expect.any(String), expiresIn: 300 })
  expect(first.headers.get('set-cookie')).toBeNull()
  const me = await api.call('GET', '/api/v1/me', {
    headers: { authorization: `Bearer ${first.body.challenge}` },
  })
  expect(answerOf(me)).toEqual([401, 'auth.expired'])

  const second = await post('second-step', {
    challenge: await challenge(),
    code: await codeOf(secret),
  })
  expect(second.body).toMatchObject({ accessToken: expect.any(String), user: { id } })
  expect(second.headers.get('set-cookie')).toContain('pf_refresh=')
})

test('who asked to be remembered is after the second step too', async () => {
  const { secret, challenge } = await aCarefulPerson()
  const { headers } = await post('second-step', {
    challenge: await challenge(),
    code: await codeOf(secret),
    remember: true,
  })
  expect(headers.get('set-cookie')).toContain('Max-Age=2592000;')
})

test('ASVS line 9: a code is right once, also for two who send it at once', async () => {
  const { secret, challenge } = await aCarefulPerson()
  const tried = { challenge: await challenge(), code: await codeOf(secret) }
  const both = await Promise.all([post('second-step', tried), post('second-step', tried)])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403])
  expect(answerOf(await post('second-step', tried))).toEqual(WRONG)
})

test('ASVS line 9: the code that turned it on is used up, and so is every code before one that was used', async () => {
  const { id, email } = await aPerson()
  const { secret } = (await post('totp/begin', { password: PASSWORD }, id)).body
  const code = await codeOf(secret)
  expect((await post('totp/confirm', { code }, id)).status).toBe(200)
  const { challenge } = (await post('login', { email, password: PASSWORD })).body
  const enter = async (sent: string) => await post('second-step', { challenge, code: sent })
  expect(answerOf(await enter(code))).toEqual(WRONG)
  expect(answerOf(await enter(await codeOf(secret, -1)))).toEqual(WRONG)
  expect((await enter(await codeOf(secret, 1))).status).toBe(200)
})

test('ASVS line 9: a clock may be half a minute wrong, not more', async () => {
  const { secret, enter } = await aCarefulPerson()
  expect(answerOf(await enter(await codeOf(secret, -3)))).toEqual(WRONG)
  expect(answerOf(await enter(await codeOf(secret, 3)))).toEqual(WRONG)
  expect((await enter(await codeOf(secret, 1))).status).toBe(200)
})

test('ASVS line 9: after five wrong codes even the right one has to wait, and in five minutes it is taken', async () => {
  const { secret, challenge, totp } = await aCarefulPerson()
  const held = await challenge()
  const guess = async () => await post('second-step', { challenge: held, code: 'guess' })
  const guesses = await Promise.all(Array.from({ length: 8 }, guess))
  expect(guesses.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    ...Array.from({ length: 5 }, () => 403),
    ...Array.from({ length: 3 }, () => 429),
  ])
  const right = async () =>
    await post('second-step', { challenge: held, code: await codeOf(secret) })
  const late = await right()
  expect(answerOf(late)).toEqual([429, 'auth.too_many_attempts'])
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(200)
  expect(Number(late.headers.get('retry-after'))).toBeLessThanOrEqual(300)
  await totp().update({ tries_from: new Date(Date.now() - 301_000) })
  expect((await right()).status).toBe(200)
  expect(await totp().first('tries')).toEqual({ tries: 0 })
})

test('ASVS line 10: each recovery code stands for the phone once, however it is typed', async () => {
  const { id, recoveryCodes, enter } = await aCarefulPerson()
  expect(new Set(recoveryCodes).size).toBe(10)
  const [first, second] = recoveryCodes
  expect(first).toMatch(/^(?:[\da-f]{5}-){5}[\da-f]{5}$/)
  expect((await enter(first!)).status).toBe(200)
  expect(answerOf(await enter(first!))).toEqual(WRONG)
  expect((await enter(second!.toUpperCase().replaceAll('-', ' '))).status).toBe(200)
  const { body } = await api.call('GET', '/api/v1/auth/totp', { as: id })
  expect(body).toEqual({ isOn: true, recoveryCodesLeft: 8 })
})

test('ASVS line 10: new recovery codes end the older ones', async () => {
  const { id, secret, recoveryCodes, enter } = await aCarefulPerson()
  const both = { password: PASSWORD, code: await codeOf(secret) }
  const { body } = await post('totp/recovery-codes', both, id)
  expect(body.recoveryCodes).toHaveLength(10)
  expect(answerOf(await enter(recoveryCodes[0]!))).toEqual(WRONG)
  expect((await enter(body.recoveryCodes[0])).status).toBe(200)
})

test('ASVS line 8: it is turned off by both steps, and by neither alone', async () => {
  const { id, email, secret, recoveryCodes } = await aCarefulPerson()
  const off = async (password: string, code: string) =>
    await post('totp/turn-off', { password, code }, id)
  const code = await codeOf(secret)
  expect(answerOf(await off('guess', code))).toEqual([403, 'auth.wrong_password'])
  expect(answerOf(await off(PASSWORD, 'guess'))).toEqual(WRONG)
  expect((await off(PASSWORD, recoveryCodes[0]!)).status).toBe(204)
  const { body } = await post('login', { email, password: PASSWORD })
  expect(body.accessToken).toEqual(expect.any(String))
  expect(answerOf(await off(PASSWORD, code))).toEqual([409, 'totp.is_off'])
})

test('a stolen session sets nothing up, and what is on is not set up anew', async () => {
  const { id } = await aPerson()
  expect(answerOf(await post('totp/begin', { password: 'guess' }, id))).toEqual([
    403,
    'auth.wrong_password',
  ])
  const careful = await aCarefulPerson()
  const again = await post('totp/begin', { password: PASSWORD }, careful.id)
  expect(answerOf(again)).toEqual([409, 'totp.is_on'])
  const confirmed = await post('totp/confirm', { code: '123456' }, careful.id)
  expect(answerOf(confirmed)).toEqual([409, 'totp.is_on'])
  expect((await careful.enter(await codeOf(careful.secret))).status).toBe(200)
})

test('what was begun and not confirmed asks for no code', async () => {
  const { id, email } = await aPerson()
  expect(answerOf(await post('totp/confirm', { code: '123456' }, id))).toEqual([409, 'totp.is_off'])
  const begun = await post('totp/begin', { password: PASSWORD }, id)
  expect(begun.body.uri).toContain(`otpauth://totp/ProjectFlow:${encodeURIComponent(email)}`)
  expect(answerOf(await post('totp/confirm', { code: 'guess' }, id))).toEqual(WRONG)
  expect((await post('login', { email, password: PASSWORD })).body.accessToken).toBeDefined()
})

test('to begin anew gives no more tries', async () => {
  const { id, totp } = await aPerson()
  await post('totp/begin', { password: PASSWORD }, id)
  await totp().update({ tries: 5, tries_from: new Date() })
  const { secret } = (await post('totp/begin', { password: PASSWORD }, id)).body
  expect((await post('totp/confirm', { code: await codeOf(secret) }, id)).status).toBe(429)
})

test('a challenge that is over, of another kind or of somebody without two steps opens nothing', async () => {
  const { keys } = api.parts
  const [careful, other] = [await aCarefulPerson(), await aPerson()]
  const code = await codeOf(careful.secret)
  const challenges = [
    'none',
    await signToken(keys, 'second-step', careful.id, -1),
    await signToken(keys, 'api', careful.id),
    await signToken(keys, 'second-step', other.id),
    await signToken(keys, 'second-step', newId()),
  ]
  for (const challenge of challenges) {
    const answer = await post('second-step', { challenge, code })
    expect(answerOf(answer)).toEqual([401, 'auth.expired'])
  }
})

test('ASVS lines 9, 10: the database holds neither the secret nor a code that could be typed', async () => {
  const { id, secret, recoveryCodes } = await aCarefulPerson()
  const kept = [
    await api.database('user_totp').where({ user_id: id }),
    await api.database('recovery_codes').where({ user_id: id }),
  ]
  const text = kept
    .flat()
    .flatMap((row) => Object.values(row as object))
    .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : String(value)))
    .join('\n')
  expect(text).toContain(id)
  expect(text).not.toContain(secret)
  for (const code of recoveryCodes) expect(text).not.toContain(code.replaceAll('-', ''))
})
