import type { Knex } from 'knex'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { openDatabase } from '#core/platform/database.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { aBoard, aCard, aMember, aWorkspace, type SomeBoard } from '#tests/support/fixtures.ts'
import { draft, say } from '#tests/support/flows/a-flow.ts'
import { samplesOf } from './flow-samples.ts'
import { tryingOf } from './trying-of.ts'

let owner: Knex
let api: Knex
let board: SomeBoard
let mover: string

beforeAll(async () => {
  const fresh = await freshDatabase()
  const limits = { name: 'test', connectionsMax: 2, statementLimitMs: 3_000 }
  const open = (url: string) => openDatabase({ ...limits, url })
  owner = open(fresh.url)
  api = open(fresh.urlOf('api'))
  board = await aBoard(owner, { columns: ['To do', 'Review'] })
  mover = await aMember(owner, board, 'member', { name: 'Mia' })
  return async () => {
    await Promise.all([owner, api].map((each) => each.destroy()))
    await fresh.drop()
  }
})

const asOwner = async <Value>(work: (trx: Knex.Transaction) => Promise<Value>) =>
  await readAs(api, { userId: board.ownerId }, work)

async function aFlow(trigger: object): Promise<string> {
  const id = newId()
  const { workspaceId: workspace_id, projectId: project_id, ownerId: created_by } = board
  const content = draft([say('a')], { trigger })
  await owner('flows').insert({
    id,
    workspace_id,
    project_id,
    name: 'A',
    draft: content,
    created_by,
  })
  return id
}

/** Somebody else's move of a card, as the board remembers it. */
async function aMove(seq: number, from: string, to: string): Promise<string> {
  const { workspaceId: workspace_id, boardId: board_id, columns } = board
  const [cardId, command_id] = [await aCard(owner, board, { title: `Card ${seq}` }), newId()]
  const by = { workspace_id, actor_id: mover, command_id }
  const card = { id: cardId, title: `Card ${seq}`, columnId: columns[to] }
  const event = { board_id, seq, type: 'card.moved', card_id: cardId, body: { card }, changes: {} }
  await owner('board_events').insert({ ...by, ...event })
  const inverse = [{ type: 'card.move', targetId: cardId, body: { columnId: columns[from] } }]
  await owner('outcomes').insert({
    ...by,
    type: 'card.move',
    board_ids: [board_id],
    body_hash: Buffer.alloc(32),
    outcome: { status: 'done' },
    summary: 'moved',
    card_ids: [cardId],
    workflow_id: '',
    run_id: '',
    inverse: JSON.stringify(inverse),
  })
  return cardId
}

test('a flow is tried on what would have started it, with what only the mover was answered', async () => {
  const { 'To do': toDo, Review: review } = board.columns
  const moved = await aMove(1, 'To do', 'Review')
  await aMove(2, 'Review', 'To do')
  const id = await aFlow({ type: 'card.moved', with: { from: [toDo], to: [review] } })
  const [first, ...others] = await asOwner((trx) => samplesOf(trx, id, board.ownerId))
  expect(first).toMatchObject({
    ref: { kind: 'event', boardId: board.boardId, number: 1 },
    actor: 'Mia',
    trigger: { type: 'card.moved', actorId: mover, from: toDo, to: review },
    card: { id: moved, title: 'Card 1', columnId: review },
  })
  expect(others.map(({ ref }) => ref.kind)).toEqual(['card', 'card'])
  const asked = { flowId: id, workspaceId: board.workspaceId, userId: board.ownerId }
  const trying = await asOwner((trx) => tryingOf(trx, asked, { sample: first!.ref }))
  expect(trying).toMatchObject({ trigger: { from: toDo }, card: { id: moved }, pins: {} })
  const asIf = await asOwner((trx) =>
    tryingOf(trx, asked, { sample: { kind: 'card', cardId: moved } }),
  )
  expect(asIf).toMatchObject({ trigger: { from: toDo, to: review }, card: { columnId: review } })
})

test('nothing of other projects can be tried on', async () => {
  const elsewhere = await aBoard(owner)
  const cardId = await aCard(owner, elsewhere)
  const id = await aFlow({ type: 'card.created' })
  const asked = { flowId: id, workspaceId: board.workspaceId, userId: board.ownerId }
  const refs = [
    { kind: 'card', cardId },
    { kind: 'event', boardId: elsewhere.boardId, number: 1 },
    { kind: 'run', runId: newId() },
  ] as const
  for (const sample of refs) {
    const trying = asOwner((trx) => tryingOf(trx, asked, { sample }))
    await expect(trying).rejects.toMatchObject({ code: 'sample.not_found' })
  }
  const stranger = (await aWorkspace(owner)).ownerId
  const told = (userId: string) =>
    readAs(api, { userId }, (trx) =>
      trx.raw('select app.outcome_of(board_id, actor_id, command_id) as told from board_events'),
    )
  expect((await told(stranger)).rows).toEqual([])
})

test('a step is tried alone as soon as it is right itself', async () => {
  const id = await aFlow({ type: 'called' })
  const steps = [say('fine'), { id: 'half', type: 'card.move', with: {} }]
  await owner('flows')
    .where({ id })
    .update({ draft: draft(steps as never, { trigger: { type: 'called' } }) })
  const asked = { flowId: id, workspaceId: board.workspaceId, userId: board.ownerId }
  const sample = { kind: 'given', given: {} } as const
  const one = (only?: string) =>
    asOwner((trx) => tryingOf(trx, asked, { sample, ...(only !== undefined && { only }) }))
  expect(await one('fine')).toMatchObject({ only: 'fine' })
  await expect(one('half')).rejects.toMatchObject({ code: 'flow.invalid' })
  await expect(one('gone')).rejects.toMatchObject({ code: 'flow.step_not_found' })
  await expect(one()).rejects.toMatchObject({ code: 'flow.invalid' })
})
