import { randomBytes } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { signToken, tokenKeys } from '#core/platform/access-token.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { openSession, renewSession } from '#activities/auth/sessions.ts'
import { anApi, type Answer } from '#tests/support/api.ts'
import { badTokens } from '#tests/support/bad-tokens.ts'
import { aBoard } from '#tests/support/fixtures.ts'

const aKey = () => randomBytes(32).toString('base64url')
const [OLD, NEW] = [aKey(), aKey()]

let api: Awaited<ReturnType<typeof anApi>>

beforeAll(async () => {
  api = await anApi({ AUTH_KEY: `${NEW} ${OLD}` })
  return api.stop
})

/** 431: what is too long for a header is not read at all. */
const isRefused = ({ status }: Answer) => status === 401 || status === 431

test('ASVS line 14: no forged token opens the API, the queues or the second step', async () => {
  const { ownerId } = await aBoard(api.database)
  const places = {
    api: (token: string) =>
      api.call('GET', '/api/v1/me', { headers: { authorization: `Bearer ${token}` } }),
    queues: (token: string) =>
      api.call('GET', '/admin/queues', { headers: { cookie: `pf_queues=${token}` } }),
    'second-step': (challenge: string) =>
      api.call('POST', '/api/v1/auth/second-step', { body: { challenge, code: '123456' } }),
  }
  for (const [place, ask] of Object.entries(places)) {
    const audience = place as keyof typeof places
    for (const [what, token] of Object.entries(await badTokens(NEW, audience, ownerId))) {
      const answer = await ask(token)
      const isTooLong = what === 'a megabyte' && [400, 413, 422].includes(answer.status)
      expect(isRefused(answer) || isTooLong, `${place}: ${what}: ${answer.status}`).toBe(true)
    }
  }
})

test('ASVS line 14: while the key is changed, tokens of both keys are good, and the new one signs', async () => {
  const { ownerId } = await aBoard(api.database)
  const me = async (authKey: string) => {
    const token = await signToken(tokenKeys(authKey), 'api', ownerId)
    const headers = { authorization: `Bearer ${token}` }
    return (await api.call('GET', '/api/v1/me', { headers })).status
  }
  expect([await me(OLD), await me(NEW), await me(aKey())]).toEqual([200, 200, 401])
  expect(api.parts.keys.keyring.current.id).toBe(readKeyring(NEW).current.id)
})

test('ASVS line 14: whose answer was lost while the key was changed gets it again', async () => {
  const { ownerId } = await aBoard(api.database)
  const place = { ip: '127.0.0.1', userAgent: 'test' }
  const { token } = await openSession(api.database, ownerId, false, place)
  const renew = (keys: string) =>
    renewSession(api.database, readKeyring(keys), token, place, async () => {})
  const before = await renew(`${OLD} ${NEW}`)
  expect((await renew(`${NEW} ${OLD}`)).token).toBe(before.token)
})
