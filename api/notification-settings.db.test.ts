import { beforeAll, expect, test } from 'vitest'
import { unsubscribeToken } from '#activities/notifications/unsubscribe-token.ts'
import { aKey } from '#tests/support/a-key.ts'
import { anApi } from '#tests/support/api.ts'
import { aUser } from '#tests/support/fixtures.ts'

let api: Awaited<ReturnType<typeof anApi>>

beforeAll(async () => {
  api = await anApi()
  return api.stop
})

const PATH = '/api/v1/notification-settings'
const settings = async (as: string) => (await api.call('GET', PATH, { as })).body.items
const change = async (as: string, body: object) => await api.call('PATCH', PATH, { as, body })
const emails = async (as: string) =>
  Object.fromEntries(
    (await settings(as)).map(({ kind, email }: Record<string, string>) => [kind, email]),
  )
const AT_FIRST = {
  assigned: 'daily',
  mentioned: 'daily',
  commented: 'daily',
  due: 'daily',
  flow: 'daily',
  approval: 'at_once',
}
const lines = async (ann: string) =>
  await api.database('audit_log').where({ actor_id: ann, action: 'notifications.change' })

test('who has chosen nothing finds news in the inbox, and by mail once a day, but at once what waits for an answer', async () => {
  const ann = await aUser(api.database)
  const kinds = Object.entries(AT_FIRST)
  expect(await settings(ann)).toEqual(
    kinds.map(([kind, email]) => ({ kind, inInbox: true, email })),
  )
})

test('a change is of one kind, of what it names, of nobody else, and leaves a line', async () => {
  const [ann, bob] = [await aUser(api.database), await aUser(api.database)]
  const { status, body } = await change(ann, { kind: 'due', email: 'never' })
  expect([status, body]).toEqual([200, { kind: 'due', inInbox: true, email: 'never' }])
  await change(ann, { kind: 'due', inInbox: false })
  expect(await settings(ann)).toContainEqual({ kind: 'due', inInbox: false, email: 'never' })
  expect(await emails(ann)).toEqual({ ...AT_FIRST, due: 'never' })
  expect(await emails(bob)).toEqual(AT_FIRST)
  expect(await lines(ann)).toHaveLength(2)
})

test.each([
  ['no kind', { email: 'never' }],
  ['a kind that is none', { kind: 'weather', email: 'never' }],
  ['a time that is none', { kind: 'due', email: 'hourly' }],
  ['no change', { kind: 'due' }],
])('%s is refused and changes nothing', async (_, body) => {
  const ann = await aUser(api.database)
  expect((await change(ann, body)).status).toBe(400)
  expect(await emails(ann)).toEqual(AT_FIRST)
})

/** As the server of a mail program asks, which has no session of ours. */
async function oneClick(token: string, method = 'POST') {
  const body = method === 'POST' ? 'List-Unsubscribe=One-Click' : undefined
  return await fetch(`${api.url}/api/v1/unsubscribe?token=${token}`, {
    method,
    redirect: 'manual',
    ...(body && { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
  })
}
const tokenOf = (userId: string, key = api.parts.config.COMMAND_KEY) =>
  unsubscribeToken(key, { userId, kinds: ['mentioned', 'due'] })

test('one click ends letters of the kinds of a letter without signing in, and is written down once', async () => {
  const ann = await aUser(api.database)
  expect((await oneClick(tokenOf(ann))).status).toBe(204)
  expect((await oneClick(tokenOf(ann))).status).toBe(204)
  expect(await emails(ann)).toEqual({ ...AT_FIRST, mentioned: 'never', due: 'never' })
  expect((await settings(ann))[1]).toMatchObject({ inInbox: true })
  expect(await lines(ann)).toHaveLength(1)
})

test('who only opens the address is asked first', async () => {
  const ann = await aUser(api.database)
  const answer = await oneClick(tokenOf(ann), 'GET')
  expect([answer.status, answer.headers.get('location')]).toEqual([
    302,
    `/unsubscribe#${tokenOf(ann)}`,
  ])
  expect(await emails(ann)).toEqual(AT_FIRST)
})

test('a token that is not ours ends nothing, and names no other place to go', async () => {
  const ann = await aUser(api.database)
  expect((await oneClick(tokenOf(ann, aKey()))).status).toBe(410)
  expect((await oneClick('')).status).toBe(400)
  const { headers } = await oneClick('//evil.example', 'GET')
  expect(headers.get('location')).toBe('/unsubscribe#%2F%2Fevil.example')
  expect(await emails(ann)).toEqual(AT_FIRST)
})
