import { beforeAll, expect, test } from 'vitest'
import { hashPassword } from '#activities/auth/password.ts'
import { addOperator } from '#activities/rbac/operators.ts'
import { newId } from '#core/kernel/ids.ts'
import { makeLog } from '#core/platform/log.ts'
import { anApi } from '#tests/support/api.ts'
import { aUser } from '#tests/support/fixtures.ts'

const PASSWORD = 'correct horse battery'

let api: Awaited<ReturnType<typeof anApi>>
let passwordHash: string

beforeAll(async () => {
  api = await anApi()
  passwordHash = await hashPassword(PASSWORD)
  return api.stop
})

/** Somebody who has signed in, as often as asked. */
async function signedIn(times: number) {
  const email = `${newId()}@example.com`
  const id = await aUser(api.database, { email, passwordHash })
  const tokens: string[] = []
  const cookies: string[] = []
  for (let time = 0; time < times; time += 1) {
    const { body, headers } = await api.call('POST', '/api/v1/auth/login', {
      body: { email, password: PASSWORD },
      headers: { 'user-agent': `Browser ${time}` },
    })
    tokens.push(body.accessToken)
    cookies.push(headers.get('set-cookie')!.split(';')[0]!)
  }
  const ask = async (method: string, path: string, token: string, cookie = '') =>
    await api.call(method, `/api/v1${path}`, {
      headers: { authorization: `Bearer ${token}`, ...(cookie && { cookie }) },
    })
  return { id, email, tokens, cookies, ask }
}

test('ASVS line 17: an access token is good for nothing once its session was signed out of', async () => {
  const { tokens, cookies, ask } = await signedIn(2)
  expect((await ask('POST', '/auth/logout', tokens[0]!, cookies[0])).status).toBe(204)
  const { status, body } = await ask('GET', '/me', tokens[0]!)
  expect([status, body.error.code]).toEqual([401, 'auth.expired'])
  expect((await ask('GET', '/me', tokens[1]!)).status).toBe(200)
})

test('ASVS line 16: who signs in again in a browser leaves the session it had, and no other', async () => {
  const [hers, his] = [await signedIn(2), await signedIn(0)]
  const body = { email: his.email, password: PASSWORD }
  const headers = { cookie: hers.cookies[0]! }
  expect((await api.call('POST', '/api/v1/auth/login', { body, headers })).status).toBe(200)
  expect((await hers.ask('GET', '/me', hers.tokens[0]!)).status).toBe(401)
  expect((await api.call('POST', '/api/v1/auth/refresh', { headers })).status).toBe(401)
  expect((await hers.ask('GET', '/me', hers.tokens[1]!)).status).toBe(200)
})

test('ASVS line 18: people see where they are signed in, and end what they do not know', async () => {
  const { tokens, ask } = await signedIn(2)
  const { body } = await ask('GET', '/auth/sessions', tokens[0]!)
  expect(body.items).toMatchObject([
    { userAgent: 'Browser 1', ip: '127.0.0.1', isCurrent: false },
    { userAgent: 'Browser 0', isCurrent: true },
  ])
  const [other] = body.items
  expect((await ask('DELETE', `/auth/sessions/${other.id}`, tokens[0]!)).status).toBe(204)
  expect((await ask('GET', '/me', tokens[1]!)).status).toBe(401)
  expect((await ask('DELETE', `/auth/sessions/${other.id}`, tokens[0]!)).status).toBe(404)
  expect((await ask('GET', '/auth/sessions', tokens[0]!)).body.items).toHaveLength(1)
})

test('ASVS line 18: nobody ends the sessions of others', async () => {
  const [ann, bob] = [await signedIn(1), await signedIn(1)]
  const { body } = await ann.ask('GET', '/auth/sessions', ann.tokens[0]!)
  const path = `/auth/sessions/${body.items[0].id}`
  expect((await bob.ask('DELETE', path, bob.tokens[0]!)).status).toBe(404)
  expect((await ann.ask('GET', '/me', ann.tokens[0]!)).status).toBe(200)
})

test('ASVS line 18: all others end at once, and the one that asks goes on', async () => {
  const { tokens, ask } = await signedIn(3)
  expect((await ask('POST', '/auth/sessions/end-others', tokens[1]!)).status).toBe(204)
  const stati = await Promise.all(
    tokens.map(async (token) => (await ask('GET', '/me', token)).status),
  )
  expect(stati).toEqual([401, 200, 401])
})

/** Asks as `as` for the end of all sessions of whose address it is. */
const endAll = async (as: string, email: string) =>
  await api.call('POST', '/api/v1/admin/sessions/end', { as, body: { email } })

test('ASVS line 18: an operator ends all sessions of somebody, whose tokens for programs go on', async () => {
  const [operator, ann, bob] = [await signedIn(0), await signedIn(2), await signedIn(1)]
  await addOperator(api.database, operator.email)
  const { body: made } = await api.call('POST', '/api/v1/auth/api-tokens', {
    as: ann.id,
    body: { name: 'nightly', scope: 'read', expiresInDays: 1 },
  })
  expect((await endAll(operator.id, ann.email.toUpperCase())).status).toBe(204)

  for (const [time, token] of ann.tokens.entries()) {
    expect((await ann.ask('GET', '/me', token)).status).toBe(401)
    const { status } = await ann.ask('POST', '/auth/refresh', token, ann.cookies[time])
    expect(status).toBe(401)
  }
  expect((await ann.ask('GET', '/me', made.token)).status).toBe(200)
  expect((await bob.ask('GET', '/me', bob.tokens[0]!)).status).toBe(200)
  const lines = await api.database('audit_log').where({ action: 'operator.sessions' })
  expect(lines).toMatchObject([
    { actor_id: operator.id, target_kind: 'user', target_id: ann.id, decision: 'allowed' },
  ])
})

test('ASVS line 18: to end the sessions of others is for operators, and takes an address somebody has', async () => {
  const [operator, ann, bob] = [await signedIn(0), await signedIn(1), await signedIn(0)]
  await addOperator(api.database, operator.email)
  const denied = await endAll(bob.id, ann.email)
  expect([denied.status, denied.body.error.code]).toEqual([403, 'permission.denied'])
  const nobody = await endAll(operator.id, `${newId()}@example.com`)
  expect([nobody.status, nobody.body.error.code]).toEqual([404, 'account.not_found'])

  expect((await ann.ask('GET', '/me', ann.tokens[0]!)).status).toBe(200)
  const lines = api.database('audit_log').where({ action: 'operator.sessions' })
  expect(await lines.whereIn('actor_id', [operator.id, bob.id])).toMatchObject([
    { actor_id: bob.id, decision: 'denied', reason: 'permission.denied' },
  ])
})

test('ASVS line 18: a session that was ended while it was refreshed is over all the same', async () => {
  const { tokens, cookies, ask } = await signedIn(2)
  const refreshed = await ask('POST', '/auth/refresh', tokens[0]!, cookies[0])
  const cookie = refreshed.headers.get('set-cookie')!.split(';')[0]!
  // The end saw the token that was replaced meanwhile, and not yet the next one.
  await api
    .database('sessions')
    .whereNotNull('replaced_at')
    .whereNull('revoked_at')
    .update({ revoked_at: new Date() })

  expect((await ask('GET', '/auth/sessions', tokens[1]!)).body.items).toHaveLength(1)
  expect((await ask('POST', '/auth/refresh', tokens[0]!, cookie)).status).toBe(401)
})

test('ASVS line 17: a session that another process has ended is known within moments', async () => {
  const { tokens, ask } = await signedIn(1)
  const stopping = new AbortController()
  const reading = api.parts.endedSessions.keepReading(makeLog('test', 'silent'), stopping.signal)
  const { body } = await ask('GET', '/auth/sessions', tokens[0]!)
  await api
    .database('sessions')
    .where({ family_id: body.items[0].id })
    .update({ revoked_at: new Date() })
  const status = async () => (await ask('GET', '/me', tokens[0]!)).status
  await expect.poll(status, { timeout: 5_000 }).toBe(401)
  stopping.abort()
  await reading
})
