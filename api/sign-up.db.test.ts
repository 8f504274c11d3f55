import { beforeAll, beforeEach, expect, test } from 'vitest'
import { hashPassword } from '#activities/auth/password.ts'
import { newId } from '#core/kernel/ids.ts'
import { anApi } from '#tests/support/api.ts'
import { anApiWithMail } from '#tests/support/api-with-mail.ts'
import { aUser } from '#tests/support/fixtures.ts'

const PASSWORD = 'staple under the bridge'
const WAIT = { timeout: 10_000, interval: 20 }

let it: Awaited<ReturnType<typeof anApiWithMail>>
let passwordHash: string

beforeAll(async () => {
  it = await anApiWithMail({ SIGN_UP: 'open' })
  passwordHash = await hashPassword(PASSWORD)
  return it.stop
})
beforeEach(async () => await it.forgetTries())

const post = async (path: string, body: object, headers: Record<string, string> = {}) =>
  await it.api.call('POST', `/api/v1/auth/${path}`, { body, headers })
const ask = async (email: string, language = 'en') =>
  await post('sign-up', { email }, { 'accept-language': language })
const finish = async (token: string, more: object = {}) =>
  await post('sign-up/finish', { token, name: 'Kim', password: PASSWORD, ...more })
const login = async (email: string) => await post('login', { email, password: PASSWORD })
const accounts = async (email: string) => await it.api.database('users').where({ email })
const anAddress = () => `${newId()}@example.com`

async function aLink(email: string): Promise<string> {
  expect((await ask(email)).status).toBe(204)
  return (await it.tokensTo(email, '/welcome'))[0]!
}

test('who asks gets a link, says who they are, and is signed in', async () => {
  const email = anAddress()
  const token = await aLink(email)
  const finished = await finish(token)
  expect([finished.status, finished.body.user]).toEqual([
    200,
    { id: expect.any(String), name: 'Kim', email },
  ])
  expect(finished.headers.get('set-cookie')).toContain('pf_refresh=')
  const authorization = `Bearer ${finished.body.accessToken}`
  const me = await it.api.call('GET', '/api/v1/me', { headers: { authorization } })
  expect(me.body).toMatchObject({ user: { email }, workspaces: [], isOperator: false })
  expect((await login(email)).status).toBe(200)
})

test('until the link is followed there is no account, whatever is tried', async () => {
  const email = anAddress()
  await aLink(email)
  expect(await accounts(email)).toEqual([])
  const tried = await login(email)
  expect([tried.status, tried.body.error.code]).toEqual([401, 'auth.wrong_credentials'])
})

test('ASVS line 7: a link to sign up is good once, also for two tabs that follow it at once', async () => {
  const email = anAddress()
  const token = await aLink(email)
  const both = await Promise.all([finish(token, { name: 'One' }), finish(token, { name: 'Two' })])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410])
  const again = await finish(token)
  expect([again.status, again.body.error.code]).toEqual([410, 'link.over'])
  expect(await accounts(email)).toHaveLength(1)
})

test('ASVS line 7: a link to sign up is over after 15 minutes', async () => {
  const email = anAddress()
  const token = await aLink(email)
  const [{ expires_at }] = await it.api.database('sign_ups').where({ email })
  const leftMs = expires_at.getTime() - Date.now()
  expect(leftMs).toBeLessThanOrEqual(900_000)
  expect(leftMs).toBeGreaterThan(800_000)
  const over = { expires_at: new Date(0) }
  await it.api.database('sign_ups').where({ email }).update(over)
  expect((await finish(token)).status).toBe(410)
})

test('the first link that is followed ends the others of its address', async () => {
  const email = anAddress()
  await ask(email)
  await ask(email.toUpperCase())
  const [first, second] = await it.tokensTo(email, '/welcome', 2)
  expect((await finish(second!)).status).toBe(200)
  expect((await finish(first!, { name: 'Mallory' })).status).toBe(410)
})

test('ASVS line 5: who has an account is told so by letter, and the answer is that of a stranger', async () => {
  const email = anAddress()
  await aUser(it.api.database, { email, passwordHash })
  const [known, unknown] = [await ask(email), await ask(anAddress())]
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body])
  await expect.poll(() => it.lettersTo(email).length, WAIT).toBe(1)
  expect(it.lettersTo(email)[0]).toContain('You have an account for ProjectFlow already')
  expect(it.lettersTo(email)[0]).not.toContain('#')
})

test('ASVS line 5: the answer takes as long for everybody: the database is not asked for it', async () => {
  const known = anAddress()
  await aUser(it.api.database, { email: known })
  const asked: string[] = []
  const note = ({ sql }: { sql: string }) => asked.push(sql)
  it.api.parts.database.on('query', note)
  await ask(known)
  await ask(anAddress())
  it.api.parts.database.off('query', note)
  expect(asked.filter((sql) => /users|sign_ups/.test(sql))).toEqual([])
})

test('ASVS line 12: an account that was made meanwhile is not taken by an older link', async () => {
  const email = anAddress()
  const token = await aLink(email)
  const id = await aUser(it.api.database, { email, name: 'Ann', passwordHash })
  expect((await finish(token)).status).toBe(410)
  expect(await accounts(email)).toMatchObject([{ id, name: 'Ann' }])
})

test.each([
  ['wide letters', '\uFF41nn@example.com'],
  ['a letter of another script', '\u0430nn@example.com'],
  ['an i without a dot', 'm\u0131ke@example.com'],
])('an address with %s is refused, and never taken for another', async (_, email) => {
  const { status, body } = await ask(email)
  expect([status, body.error.code]).toEqual([400, 'request.invalid'])
})

test('ASVS lines 1, 2: a password that is no good is refused, and the link stays good', async () => {
  const token = await aLink('marguerite@example.com')
  const faults = await Promise.all(
    ['short', 'qwerty123456', 'marguerite was here', 'kimberley was here'].map(
      async (password) => await finish(token, { password, name: 'Kimberley' }),
    ),
  )
  expect(faults.map(({ body }) => body.error.code)).toEqual([
    'password.too_short',
    'password.too_common',
    'password.personal',
    'password.personal',
  ])
  expect((await finish(token)).status).toBe(200)
})

test('nobody’s mailbox is filled: three letters at a time are the most, with an account or without', async () => {
  const [known, unknown] = [anAddress(), anAddress()]
  await aUser(it.api.database, { email: known })
  for (const email of [known, unknown]) {
    for (let time = 0; time < 5; time += 1) await ask(email)
    await it.forgetTries()
  }
  await it.allWritten()
  expect([known, unknown].map((email) => it.lettersTo(email).length)).toEqual([3, 3])
})

test('ASVS line 4: who asks too often from one place has to wait', async () => {
  const { LOGINS_PER_MINUTE_MAX } = it.api.parts.config
  for (let time = 0; time < LOGINS_PER_MINUTE_MAX; time += 1) await ask(anAddress())
  const late = await ask(anAddress())
  expect([late.status, late.body.error.code]).toEqual([429, 'auth.too_many_attempts'])
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('letters are written in the language of the browser', async () => {
  const email = anAddress()
  await ask(email, 'de-AT,de;q=0.9,en;q=0.5')
  await it.tokensTo(email, '/welcome')
  expect(it.lettersTo(email)[0]).toContain('innerhalb von 15 Minuten')
})

test('ASVS line 7: of a link only the hash is kept', async () => {
  const token = await aLink(anAddress())
  expect(JSON.stringify(await it.api.database('sign_ups'))).not.toContain(token)
})

test('where sign-up is closed, a stranger is answered alike and gets no letter', async () => {
  const closed = await anApiWithMail()
  const email = anAddress()
  expect(closed.api.parts.config.SIGN_UP).toBe('closed')
  const asked = await closed.api.call('POST', '/api/v1/auth/sign-up', { body: { email } })
  expect(asked.status).toBe(204)
  await closed.allWritten()
  expect(closed.lettersTo(email)).toEqual([])
  expect(await closed.api.database('sign_ups')).toEqual([])
  await closed.stop()
})

test('without a mail server people are told so', async () => {
  const silent = await anApi()
  const body = { email: anAddress() }
  const asked = await silent.call('POST', '/api/v1/auth/sign-up', { body })
  expect([asked.status, asked.body.error.code]).toEqual([503, 'mail.not_set_up'])
  await silent.stop()
})
