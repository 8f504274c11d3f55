import { afterEach, beforeAll, expect, test } from 'vitest'
import { hashPassword } from '#activities/auth/password.ts'
import { newId } from '#core/kernel/ids.ts'
import { anApi, caller, served, type Answer } from '#tests/support/api.ts'
import { aBoard, aUser } from '#tests/support/fixtures.ts'
import { makeApp } from './app.ts'

const PASSWORD = 'correct horse'

let api: Awaited<ReturnType<typeof anApi>>
let hash: string

beforeAll(async () => {
  api = await anApi()
  hash = await hashPassword(PASSWORD)
  return api.stop
})

afterEach(async () => {
  const keys = await api.parts.redis.keys(`${api.parts.config.REDIS_PREFIX}:*`)
  if (keys.length > 0) await api.parts.redis.del(keys)
})

const aLogin = async () => {
  const email = `${newId()}@example.com`
  const id = await aUser(api.database, { email, passwordHash: hash })
  return { id, email }
}
const login = (email: string, password = PASSWORD) =>
  api.call('POST', '/api/v1/auth/login', { body: { email, password } })
const refresh = (cookie: string) =>
  api.call('POST', '/api/v1/auth/refresh', { headers: { cookie } })
const cookieOf = ({ headers }: Answer) => headers.get('set-cookie')!.split(';')[0]!

test('ASVS line 19: who signs in gets an access token for the API and a refresh cookie no script can read', async () => {
  const { id, email } = await aLogin()

  const { status, body, headers } = await login(email.toUpperCase())

  expect(status).toBe(200)
  expect(body).toMatchObject({ expiresIn: 900, user: { id, email } })
  expect(headers.get('set-cookie')).toMatch(
    /^pf_refresh=[\w-]{43}; Path=\/api\/v1\/auth; Max-Age=604800; HttpOnly; SameSite=Strict$/,
  )
  const me = await api.call('GET', '/api/v1/me', {
    headers: { authorization: `Bearer ${body.accessToken}` },
  })
  expect(me.body).toEqual({
    user: body.user,
    workspaces: [],
    isOperator: false,
    language: null,
    timeZone: null,
  })
})

test('ASVS line 16: who asks to be remembered stays signed in for 30 days, and each refresh keeps to that', async () => {
  const { id, email } = await aLogin()
  const body = { email, password: PASSWORD, remember: true }

  const first = await api.call('POST', '/api/v1/auth/login', { body })
  const next = await refresh(cookieOf(first))

  for (const { headers } of [first, next]) {
    expect(headers.get('set-cookie')).toContain('Max-Age=2592000;')
  }
  const { rows } = await api.database.raw(
    'select extract(day from expires_at - created_at)::int as days from sessions where user_id = ?',
    [id],
  )
  expect(rows).toEqual([{ days: 30 }, { days: 30 }])
})

test('ASVS line 5: a wrong password and an unknown address are told in the same words', async () => {
  const { email } = await aLogin()

  const wrong = await login(email, 'guess')
  const unknown = await login(`${newId()}@example.com`, 'guess')

  expect(wrong.status).toBe(401)
  expect(wrong.body.error.code).toBe('auth.wrong_credentials')
  expect(unknown.body.error).toEqual({ ...wrong.body.error, requestId: expect.any(String) })
})

test('ASVS line 19: in production every cookie keeps to TLS, to its path and away from scripts', async () => {
  const config = { ...api.parts.config, NODE_ENV: 'production' as const }
  const { url, server } = await served(await makeApp({ ...api.parts, config }))
  const call = caller(url, api.parts)
  const { email } = await aLogin()
  const entered = await call('POST', '/api/v1/auth/login', { body: { email, password: PASSWORD } })
  const left = await call('POST', '/api/v1/auth/logout')
  server.closeAllConnections()
  server.close()
  for (const { headers } of [entered, left]) {
    expect(headers.getSetCookie()).toHaveLength(1)
    expect(headers.get('set-cookie')).toMatch(
      /; Path=\/api\/v1\/auth; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$/,
    )
  }
})

test('ASVS line 15: each refresh replaces the cookie, and a session is kept only as a hash', async () => {
  const { id, email } = await aLogin()
  const first = cookieOf(await login(email))

  const next = await refresh(first)

  expect(next.status).toBe(200)
  expect(next.body.user.id).toBe(id)
  expect(cookieOf(next)).not.toBe(first)
  const rows = await api.database('sessions').where({ user_id: id })
  expect(rows).toHaveLength(2)
  expect(JSON.stringify(rows)).not.toContain(first.split('=')[1])
})

test('ASVS line 15: whose answer to a refresh was lost gets it again', async () => {
  const { email } = await aLogin()
  const cookie = cookieOf(await login(email))
  const lost = cookieOf(await refresh(cookie))

  const again = await refresh(cookie)

  expect(again.status).toBe(200)
  expect(cookieOf(again)).toBe(lost)
  expect((await refresh(lost)).status).toBe(200)
})

test('ASVS line 15: a refresh token that comes again later than ten seconds ends its session', async () => {
  const { id, email } = await aLogin()
  const stolen = cookieOf(await login(email))
  const next = cookieOf(await refresh(stolen))
  await api
    .database('sessions')
    .where({ user_id: id })
    .whereNotNull('replaced_at')
    .update({ replaced_at: new Date(Date.now() - 11_000) })

  expect((await refresh(stolen)).body.error.code).toBe('auth.expired')
  expect((await refresh(next)).body.error.code).toBe('auth.expired')
})

test('ASVS line 15: a refresh token that comes again when the next was used ends all that grew from it', async () => {
  const { email } = await aLogin()
  const stolen = cookieOf(await login(email))
  const other = cookieOf(await login(email))
  const next = cookieOf(await refresh(cookieOf(await refresh(stolen))))

  const again = await refresh(stolen)
  const after = await refresh(next)

  expect(again.body.error.code).toBe('auth.expired')
  expect(after.body.error.code).toBe('auth.expired')
  const untouched = await refresh(other)
  expect(untouched.status).toBe(200)
})

test('ASVS line 15: ten tabs that refresh at once with one token get the same next one', async () => {
  const { email } = await aLogin()
  const cookie = cookieOf(await login(email))

  const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(cookie)))

  expect(answers.map(({ status }) => status)).toEqual(Array<number>(10).fill(200))
  const next = new Set(answers.map((answer) => cookieOf(answer)))
  expect(next.size).toBe(1)
  for (const one of next) expect((await refresh(one)).status).toBe(200)
})

test('ASVS line 16: after signing out, and after seven days, the cookie is good for nothing', async () => {
  const { email } = await aLogin()
  const cookie = cookieOf(await login(email))
  const left = await api.call('POST', '/api/v1/auth/logout', { headers: { cookie } })
  expect(left.status).toBe(204)
  expect(left.headers.get('set-cookie')).toContain('Max-Age=0')
  const afterLeaving = await refresh(cookie)
  expect(afterLeaving.body.error.code).toBe('auth.expired')

  const old = cookieOf(await login(email))
  await api.database('sessions').update({ expires_at: new Date(0) })
  const afterDays = await refresh(old)
  expect(afterDays.body.error.code).toBe('auth.expired')
})

test('without a cookie there is nothing to refresh', async () => {
  const { body } = await api.call('POST', '/api/v1/auth/refresh')
  expect(body.error.code).toBe('auth.required')
})

test('no token, a made-up one, and one for the queues open nothing', async () => {
  const board = await aBoard(api.database)
  const path = `/api/v1/boards/${board.boardId}`
  await api.database('operators').insert({ user_id: board.ownerId })

  const none = await api.call('GET', path)
  const madeUp = await api.call('GET', path, { headers: { authorization: 'Bearer a.b.c' } })
  const pass = await api.call('POST', '/api/v1/admin/queues-pass', { as: board.ownerId })
  const [, token] = cookieOf(pass).split('=')
  const ofQueues = await api.call('GET', path, { headers: { authorization: `Bearer ${token}` } })

  expect(none.body.error.code).toBe('auth.required')
  expect(madeUp.body.error.code).toBe('auth.expired')
  expect(ofQueues.body.error.code).toBe('auth.expired')
})
