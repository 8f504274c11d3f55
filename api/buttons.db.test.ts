import { beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { anApi } from '#tests/support/api.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { aFlow, say } from '#tests/support/flows/a-flow.ts'

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard

beforeAll(async () => {
  api = await anApi()
  return api.stop
})
beforeEach(async () => {
  board = await aBoard(api.database)
})

/** A published flow that is started by hand. */
async function aButton(label: string, kind: 'card' | 'board', row: object = {}): Promise<string> {
  const { database } = api
  const { workspaceId: workspace_id, projectId: project_id, ownerId } = board
  const [id, home] = [newId(), { workspace_id, project_id }]
  const trigger = { type: `button.${kind}`, with: { label } }
  const definition = { ...aFlow([say('a')]), trigger }
  const by = { created_by: ownerId, actor_id: ownerId }
  const flow = { id, name: label, draft: definition, published: 1, active: true, ...by, ...row }
  await database('flows').insert({ ...home, ...flow })
  const made = { definition, hash: Buffer.from(id), published_by: ownerId, message: 'So' }
  await database('flow_versions').insert({ ...home, ...made, flow_id: id, version: 1 })
  return id
}

const press = async (path: string, as = board.ownerId, key = newId()) =>
  await api.call('POST', `/api/v1/${path}`, { as, headers: { 'idempotency-key': key } })
const requests = async () =>
  await api.database('flow_requests').where('project_id', board.projectId)

test('a board shows the buttons of flows in action, its own and those of all boards', async () => {
  const other = await aBoard(api.database, { within: board })
  const everywhere = await aButton('Ship', 'card')
  const here = await aButton('Clean up', 'board', { board_id: board.boardId })
  await aButton('Elsewhere', 'card', { board_id: other.boardId })
  await aButton('Switched off', 'card', { active: false })
  const path = `/api/v1/boards/${board.boardId}/buttons`
  const { body } = await api.call('GET', path, { as: board.ownerId })
  expect(body.items).toEqual([
    { flowId: here, label: 'Clean up', kind: 'board' },
    { flowId: everywhere, label: 'Ship', kind: 'card' },
  ])
})

test('a press is kept with who pressed on what, and the same press is one', async () => {
  const [flowId, cardId] = [await aButton('Ship', 'card'), await aCard(api.database, board)]
  const ann = await aMember(api.database, board, 'member')
  const [path, key] = [`cards/${cardId}/buttons/${flowId}`, newId()]
  const first = await press(path, ann, key)
  const second = await press(path, ann, key)
  expect([first.status, second.body]).toEqual([202, first.body])
  expect(await requests()).toMatchObject([
    { flow_id: flowId, kind: 'button.card', actor_id: ann, card_id: cardId },
  ])
  const lines = await api.database('audit_log').where({ action: 'button.press' })
  expect(lines).toMatchObject([
    { actor_id: ann, target_id: flowId, after: { run: first.body.runId, on: cardId } },
  ])
  // The same key of somebody else is another press.
  expect((await press(path, board.ownerId, key)).body).not.toEqual(first.body)
  expect(await requests()).toHaveLength(2)
})

test('a button on a board tells the flow which board it was', async () => {
  const flowId = await aButton('Clean up', 'board')
  expect((await press(`boards/${board.boardId}/buttons/${flowId}`)).status).toBe(202)
  expect(await requests()).toMatchObject([{ card_id: null, given: { boardId: board.boardId } }])
})

test('what has no such button starts nothing', async () => {
  const [onCards, cardId] = [await aButton('Ship', 'card'), await aCard(api.database, board)]
  const stranger = await aBoard(api.database)
  const foreign = await aCard(api.database, stranger)
  await api.database('workspace_members').insert({
    workspace_id: stranger.workspaceId,
    user_id: board.ownerId,
    role: 'member',
  })
  const gone = await aCard(api.database, board, { row: { archived_at: new Date() } })
  const refused = [
    `boards/${board.boardId}/buttons/${onCards}`,
    `cards/${cardId}/buttons/${newId()}`,
    `cards/${foreign}/buttons/${onCards}`,
    `cards/${gone}/buttons/${onCards}`,
  ]
  for (const path of refused) {
    const { status, body } = await press(path)
    expect([path, status, body.error.code]).toEqual([path, 404, 'button.not_found'])
  }
  expect(await requests()).toEqual([])
})
