import { beforeAll, expect, test } from 'vitest'
import { anApi } from '#tests/support/api.ts'
import { aUser } from '#tests/support/fixtures.ts'

let api: Awaited<ReturnType<typeof anApi>>

beforeAll(async () => {
  api = await anApi()
  return api.stop
})

const profile = async (as: string) => (await api.call('GET', '/api/v1/profile', { as })).body
const change = async (as: string, body: object) =>
  await api.call('PATCH', '/api/v1/profile', { as, body })

test('a profile that nobody touched follows the browser', async () => {
  const ann = await aUser(api.database, { name: 'Ann' })
  expect(await profile(ann)).toMatchObject({ name: 'Ann', language: null, timeZone: null })
})

test('what is changed is kept, what is absent stays, and the next page speaks the language', async () => {
  const ann = await aUser(api.database, { name: 'Ann' })
  const { hue } = await profile(ann)
  const changed = { name: 'Änna', language: 'de', timeZone: 'Europe/Berlin' }
  const { status, body } = await change(ann, changed)
  expect(status).toBe(200)
  expect(body).toEqual({ ...changed, hue })
  expect(await profile(ann)).toEqual(body)
  const me = await api.call('GET', '/api/v1/me', { as: ann })
  expect(me.body).toMatchObject({
    user: { name: 'Änna' },
    language: 'de',
    timeZone: 'Europe/Berlin',
  })
})

test('a change is of nobody else, and leaves a line with what was before', async () => {
  const [ann, bob] = [await aUser(api.database), await aUser(api.database, { name: 'Bob' })]
  await change(ann, { hue: 145 })
  expect(await profile(bob)).toMatchObject({ name: 'Bob', language: null })
  const lines = await api.database('audit_log').where({ actor_id: ann })
  expect(lines).toMatchObject([
    { action: 'profile.change', target_id: ann, after: expect.objectContaining({ hue: 145 }) },
  ])
})

test.each([
  ['no change', {}],
  ['a name of nothing', { name: ' ' }],
  ['a name without end', { name: 'x'.repeat(1_000) }],
  ['a hue outside of the circle', { hue: 360 }],
  ['a language that is none of ours', { language: 'fr' }],
  ['a place with no time', { timeZone: 'Mars/Olympus' }],
  ['a password', { passwordHash: 'x' }],
])('%s is refused and changes nothing', async (_, body) => {
  const ann = await aUser(api.database)
  const before = await profile(ann)
  expect((await change(ann, body)).status).toBe(400)
  expect(await profile(ann)).toEqual(before)
})
