import { beforeAll, expect, test } from 'vitest'
import { hashPassword } from '#activities/auth/password.ts'
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
  await aUser(api.database, { email, passwordHash })
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
  return { tokens, cookies, ask }
}

test('ASVS line 17: an access token is good for nothing once its session was signed out of', async () => {
  const { tokens, cookies, ask } = await signedIn(2)
  expect((await ask('POST', '/auth/logout', tokens[0]!, cookies[0])).status).toBe(204)
  const { status, body } = await ask('GET', '/me', tokens[0]!)
  expect([status, body.error.code]).toEqual([401, 'auth.expired'])
  expect((await ask('GET', '/me', tokens[1]!)).status).toBe(200)
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
