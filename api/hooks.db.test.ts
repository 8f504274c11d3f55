import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { hookSecret, signedHeaders } from '#activities/automation/webhook-signature.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, type SomeBoard } from '#tests/support/fixtures.ts'
import { draft, say, step } from '#tests/support/flows/a-flow.ts'
import { aPublishedFlow } from '#tests/support/flows/a-published-flow.ts'

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard
let flowId: string

beforeAll(async () => {
  api = await anApi()
  board = await aBoard(api.database)
  flowId = await aPublished(draft([step('a', 'stop')], { trigger: { type: 'webhook' } }))
  return api.stop
})

const aPublished = async (content: object) => await aPublishedFlow(api.database, board, content)

const send = async (
  body: string,
  { to = flowId, id = newId(), nowMs = Date.now(), secret = '' } = {},
) => {
  const key = secret || hookSecret(api.parts.config.COMMAND_KEY, to, 1)
  const headers = { ...signedHeaders(key, id, body, nowMs), 'x-requested-with': '' }
  return await api.call('POST', `/api/v1/hooks/${to}`, { body, headers })
}
const kept = async () => await api.database('flow_requests').where({ flow_id: flowId })
const told = async () => await api.database('outbox').where({ topic: 'flow-requests' })

test('a signed message is kept, with word of it for the worker, before it is answered', async () => {
  const answer = await send('{"title":"Broken\\u0000 link"}', { id: 'delivery-1' })
  expect(answer).toMatchObject({ status: 202, body: { status: 'taken' } })
  expect(await kept()).toMatchObject([
    { delivery_id: 'delivery-1', given: { body: { title: 'Broken link' } } },
  ])
  expect(await told()).toHaveLength(1)
  const again = await send('{"title":"Broken link"}', { id: 'delivery-1' })
  expect(again).toMatchObject({ status: 202, body: { status: 'known' } })
  expect(await told()).toHaveLength(1)
})

test.each([
  ['another secret', { secret: 'whsec_c2VjcmV0' }, 401, 'hook.not_signed'],
  ['signed long ago', { nowMs: Date.now() - 600_000 }, 401, 'hook.not_signed'],
  ['a flow that is not there', { to: newId() }, 404, 'hook.not_found'],
])('%s starts nothing', async (_, how, status, code) => {
  const before = await kept()
  expect(await send('{}', how)).toMatchObject({ status, body: { error: { code } } })
  expect(await kept()).toEqual(before)
})

test('who sets the project up is told the secret, and a new one ends the one before', async () => {
  const to = await aPublished(draft([step('a', 'stop')], { trigger: { type: 'webhook' } }))
  const secretOf = async (renew: boolean) => {
    const asked = { as: board.ownerId, body: { renew } }
    const { status, body } = await api.call('POST', `/api/v1/flows/${to}/hook-secret`, asked)
    expect(status).toBe(200)
    return body.secret as string
  }
  const first = await secretOf(false)
  expect(await secretOf(false)).toBe(first)
  expect(await send('{}', { to, secret: first })).toMatchObject({ status: 202 })
  const second = await secretOf(true)
  expect(await send('{}', { to, secret: first })).toMatchObject({ status: 401 })
  expect(await send('{}', { to, secret: second })).toMatchObject({ status: 202 })
  const lines = await api
    .database('audit_log')
    .where({ target_id: to })
    .orderBy('action')
    .pluck('action')
  expect(lines).toEqual(['hook.renew', 'hook.show', 'hook.show'])
})

test('what was signed is taken as it was signed, and under no other number', async () => {
  const before = await kept()
  const key = hookSecret(api.parts.config.COMMAND_KEY, flowId, 1)
  const headers = {
    ...signedHeaders(key, newId(), '{"amount":1}', Date.now()),
    'x-requested-with': '',
  }
  const forged = [
    { body: '{"amount":9}', headers },
    { body: '{"amount":1}', headers: { ...headers, 'webhook-id': newId() } },
    { body: '{"amount":1}', headers: { ...headers, 'webhook-signature': '' } },
  ]
  for (const asked of forged) {
    const { status, body } = await api.call('POST', `/api/v1/hooks/${flowId}`, asked)
    expect([status, body.error.code]).toEqual([401, 'hook.not_signed'])
  }
  expect(await kept()).toEqual(before)
})

test('what is no JSON, too large, or for a flow that takes no messages is refused', async () => {
  const before = await kept()
  expect(await send('{"title":')).toMatchObject({ status: 400 })
  const deep = `${'['.repeat(1_000)}${']'.repeat(1_000)}`
  expect(await send(deep)).toMatchObject({ status: 400 })
  expect(await send(JSON.stringify('x'.repeat(70_000)))).toMatchObject({ status: 413 })
  const other = await aPublished(draft([say('a')]))
  expect(await send('{}', { to: other })).toMatchObject({ status: 404 })
  await api.database('flows').where({ id: flowId }).update({ active: false })
  expect(await send('{}')).toMatchObject({ status: 404 })
  expect(await kept()).toEqual(before)
})
