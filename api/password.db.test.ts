import { generate } from 'otplib'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { hashPassword } from '#activities/auth/password.ts'
import { startMail } from '#activities/send-mail.ts'
import { MAIL_QUEUE } from '#activities/queues.ts'
import { newId } from '#core/kernel/ids.ts'
import { makeLog } from '#core/platform/log.ts'
import { anApi } from '#tests/support/api.ts'
import { anApiWithMail } from '#tests/support/api-with-mail.ts'
import { aUser } from '#tests/support/fixtures.ts'

const PASSWORD = 'correct horse battery'
const NEW = 'staple under the bridge'
const WAIT = { timeout: 10_000, interval: 20 }

let it: Awaited<ReturnType<typeof anApiWithMail>>
let api: Awaited<ReturnType<typeof anApi>>
let passwordHash: string

beforeAll(async () => {
  it = await anApiWithMail()
  api = it.api
  passwordHash = await hashPassword(PASSWORD)
  return it.stop
})
beforeEach(async () => await it.forgetTries())

const post = async (path: string, body: object, headers: Record<string, string> = {}) =>
  await api.call('POST', `/api/v1/auth/${path}`, { body, headers })
const forgot = async (email: string, language = 'en') =>
  await post('password/forgot', { email }, { 'accept-language': language })
const reset = async (token: string, password = NEW) =>
  await post('password/reset', { token, password })
const login = async (email: string, password: string) => await post('login', { email, password })
const lettersTo = (email: string) => it.lettersTo(email)
const tokensTo = async (email: string, count = 1) =>
  await it.tokensTo(email, '/reset-password', count)

async function aPerson(name = 'Ann') {
  const email = `${newId()}@example.com`
  return { id: await aUser(api.database, { name, email, passwordHash }), email }
}

async function aLink(email: string): Promise<string> {
  expect((await forgot(email)).status).toBe(204)
  return (await tokensTo(email))[0]!
}

test('who chose a language is written to in it, whatever the browser prefers', async () => {
  const ann = await aPerson()
  await api.database('users').where({ id: ann.id }).update({ language: 'de' })
  await forgot(ann.email, 'en')
  await tokensTo(ann.email)
  expect(lettersTo(ann.email)[0]).toContain('Jemand, wahrscheinlich du')
})

test('who forgot their password gets a link, sets a new one, and is told of it', async () => {
  const { email } = await aPerson()
  const token = await aLink(email)
  expect((await reset(token)).status).toBe(204)
  expect((await login(email, PASSWORD)).status).toBe(401)
  expect((await login(email, NEW)).status).toBe(200)
  await expect.poll(() => lettersTo(email).length, WAIT).toBe(2)
  expect(lettersTo(email)[1]).toContain('Your password for ProjectFlow was changed')
})

test('ASVS line 7: a link is good once, also for two who follow it at once', async () => {
  const { email } = await aPerson()
  const token = await aLink(email)
  const both = await Promise.all([reset(token), reset(token, `${NEW} too`)])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 410])
  const again = await reset(token)
  expect([again.status, again.body.error.code]).toEqual([410, 'reset.over'])
})

test('ASVS line 7: a link is over after 15 minutes, and all others are once one was used', async () => {
  const { id, email } = await aPerson()
  const late = await aLink(email)
  const [{ expires_at }] = await api.database('password_resets').where({ user_id: id })
  const leftMs = expires_at.getTime() - Date.now()
  expect(leftMs).toBeLessThanOrEqual(900_000)
  expect(leftMs).toBeGreaterThan(800_000)
  await api
    .database('password_resets')
    .where({ user_id: id })
    .update({ expires_at: new Date(0) })
  expect((await reset(late)).status).toBe(410)

  await forgot(email)
  await forgot(email)
  const [, first, second] = await tokensTo(email, 3)
  expect((await reset(second!)).status).toBe(204)
  expect((await reset(first!)).status).toBe(410)
})

test('ASVS line 5: nobody learns who has an account: the answer is the same, and no letter goes out', async () => {
  const { email } = await aPerson()
  const stranger = `${newId()}@example.com`
  const [known, unknown] = [await forgot(email), await forgot(stranger)]
  expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
  await tokensTo(email)
  await it.allWritten()
  expect(lettersTo(stranger)).toEqual([])
})

test('nobody’s mailbox is filled: three links at a time are the most', async () => {
  const { email } = await aPerson()
  for (let time = 0; time < 5; time += 1) await forgot(email)
  await it.allWritten()
  expect(lettersTo(email)).toHaveLength(3)
  const sixth = await forgot(email)
  expect([sixth.status, sixth.body.error.code]).toEqual([429, 'auth.too_many_attempts'])
})

test('ASVS line 7: a new password ends every session at once', async () => {
  const { email } = await aPerson()
  const { accessToken } = (await login(email, PASSWORD)).body
  const me = async () =>
    await api.call('GET', '/api/v1/me', { headers: { authorization: `Bearer ${accessToken}` } })
  expect((await me()).status).toBe(200)
  await reset(await aLink(email))
  expect((await me()).status).toBe(401)
})

test('ASVS line 7: a new password does not do for the second step', async () => {
  const { id, email } = await aPerson()
  const totp = async (path: string, body: object) =>
    (await api.call('POST', `/api/v1/auth/totp/${path}`, { as: id, body })).body
  const { secret } = await totp('begin', { password: PASSWORD })
  await totp('confirm', { code: await generate({ secret }) })
  await reset(await aLink(email))
  expect((await login(email, NEW)).body).toMatchObject({ challenge: expect.any(String) })
})

test('ASVS line 2: a password that is no good is refused, and the link stays good', async () => {
  const { email } = await aPerson('Margrave')
  const token = await aLink(email)
  const faults = await Promise.all(
    ['short', 'qwerty123456', 'margrave was here'].map(async (wish) => await reset(token, wish)),
  )
  expect(faults.map(({ status, body }) => [status, body.error.code])).toEqual([
    [422, 'password.too_short'],
    [422, 'password.too_common'],
    [422, 'password.personal'],
  ])
  expect(faults[0]!.body.error.details).toEqual({ charsMin: 12 })
  expect((await reset(token)).status).toBe(204)
})

test('ASVS line 8: who knows their password changes it: elsewhere they are signed out, and told by mail', async () => {
  const { email } = await aPerson()
  const [here, elsewhere] = [await login(email, PASSWORD), await login(email, PASSWORD)]
  const link = await aLink(email)
  const bearer = ({ body }: typeof here) => ({ authorization: `Bearer ${body.accessToken}` })
  const change = async (password: string, newPassword: string) =>
    await post('password/change', { password, newPassword }, bearer(here))

  const refused = [await change('guess', NEW), await change(PASSWORD, 'qwerty123456')]
  expect(refused.map(({ body }) => body.error.code)).toEqual([
    'auth.wrong_password',
    'password.too_common',
  ])
  expect((await change(PASSWORD, NEW)).status).toBe(204)

  const me = async (session: typeof here) =>
    (await api.call('GET', '/api/v1/me', { headers: bearer(session) })).status
  expect([await me(here), await me(elsewhere)]).toEqual([200, 401])
  expect((await login(email, NEW)).status).toBe(200)
  expect((await reset(link)).status).toBe(410)
  await expect.poll(() => lettersTo(email).length, WAIT).toBe(2)
})

test('ASVS line 15: whose refresh token was used twice is told by mail, once', async () => {
  const { id, email } = await aPerson()
  const entered = await login(email, PASSWORD)
  const cookie = entered.headers.get('set-cookie')!.split(';')[0]!
  await post('refresh', {}, { cookie })
  const long = new Date(Date.now() - 60_000)
  await api.database('sessions').where({ user_id: id }).update({ replaced_at: long })
  for (let times = 0; times < 2; times += 1) {
    expect((await post('refresh', {}, { cookie })).status).toBe(401)
  }
  await it.allWritten()
  expect(lettersTo(email)).toEqual([expect.stringContaining('signed out of ProjectFlow')])
})

test('ASVS line 7: a new password ends the tokens of programs, changed or set by a link', async () => {
  const { id, email } = await aPerson()
  const aToken = async () => {
    const body = { name: 'Nightly report', scope: 'read', expiresInDays: 30 }
    return (await api.call('POST', '/api/v1/auth/api-tokens', { as: id, body })).body.token
  }
  const ask = async (token: string) =>
    (await api.call('GET', '/api/v1/me', { headers: { authorization: `Bearer ${token}` } })).status
  const [first, others] = [await aToken(), await aPerson()]
  const body = { password: PASSWORD, newPassword: NEW }
  expect(await ask(first)).toBe(200)
  expect((await api.call('POST', '/api/v1/auth/password/change', { as: id, body })).status).toBe(
    204,
  )
  expect(await ask(first)).toBe(401)
  const second = await aToken()
  await post('password/reset', { token: await aLink(others.email), password: NEW })
  expect(await ask(second)).toBe(200)
  await post('password/reset', { token: await aLink(email), password: `${NEW} too` })
  expect(await ask(second)).toBe(401)
})

test('ASVS line 1: of a long password every character counts', async () => {
  const { email } = await aPerson()
  const long = 'stones under bridges '.repeat(45)
  expect((await reset(await aLink(email), `${long}x`)).status).toBe(204)
  expect((await login(email, `${long}y`)).status).toBe(401)
  expect((await login(email, `${long}x`)).status).toBe(200)
})

test('a mail server that turns a letter away gets it again, with a link that works', async () => {
  const { id, email } = await aPerson()
  it.mail.refuseOnce(email)
  const token = await aLink(email)
  expect(it.mail.refused).toEqual([email])
  expect(await api.database('password_resets').where({ user_id: id })).toHaveLength(1)
  expect((await reset(token)).status).toBe(204)
})

test('letters are written in the language of the browser', async () => {
  const { email } = await aPerson()
  await forgot(email, 'de-AT,de;q=0.9,en;q=0.5')
  await tokensTo(email)
  expect(lettersTo(email)[0]).toContain('innerhalb von 15 Minuten')
})

test('ASVS line 7: neither Redis nor the database holds an address or a token that opens anything', async () => {
  const { email } = await aPerson()
  const token = await aLink(email)
  await it.allWritten()
  const { redis, config } = api.parts
  const jobs = await redis.keys(`${config.REDIS_PREFIX}:${MAIL_QUEUE}:[0-9]*`)
  expect(jobs.length).toBeGreaterThan(0)
  const kept = await Promise.all(jobs.map(async (key) => JSON.stringify(await redis.hgetall(key))))
  const rows = JSON.stringify(await api.database('password_resets'))
  for (const secret of [email, token]) expect(kept.join() + rows).not.toContain(secret)
})

test('without a mail server people are told so, and there is no mailbox to look into', async () => {
  const silent = await anApi()
  const body = { email: 'ann@example.com' }
  const asked = await silent.call('POST', '/api/v1/auth/password/forgot', { body })
  expect([asked.status, asked.body.error.code]).toEqual([503, 'mail.not_set_up'])
  const mailbox = await silent.call('GET', '/api/v1/demo/mailbox')
  expect([mailbox.status, mailbox.body.error.code]).toEqual([404, 'request.not_found'])
  await silent.stop()
})

test('the demo keeps its letters where everybody can read them', async () => {
  const demo = await anApi({ PROJECTFLOW_DEMO: '1' })
  const { config } = demo.parts
  const worker = startMail({ config, database: demo.database, log: makeLog('test', 'silent') })
  const email = `${newId()}@example.com`
  await aUser(demo.database, { email, passwordHash })
  const body = { email }
  await demo.call('POST', '/api/v1/auth/password/forgot', { body })
  const items = async () => (await demo.call('GET', '/api/v1/demo/mailbox')).body.items
  await expect.poll(async () => (await items()).length, WAIT).toBe(1)
  expect(await items()).toEqual([
    {
      to: email,
      subject: 'Set a new password for ProjectFlow',
      text: expect.stringContaining(`${config.PUBLIC_URL}/reset-password#`),
      sentAt: expect.any(String),
    },
  ])
  await worker.stop()
  await demo.stop()
})
