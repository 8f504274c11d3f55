import { beforeAll, expect, test } from 'vitest'
import type { Command, Outcome } from '#core/contracts/command.ts'
import { newId } from '#core/kernel/ids.ts'
import { aCommand } from '#tests/support/command.ts'
import { anEngine } from '#tests/support/engine.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'

let it: Awaited<ReturnType<typeof anEngine>>
let board: SomeBoard

beforeAll(async () => {
  it = await anEngine()
  board = await aBoard(it.database)
  return () => it.stop()
})

const done = async (command: Command) => {
  const outcome = await it.engine.submit(command, 'outcome')
  expect(outcome).toMatchObject({ status: 'done', commandId: command.id })
  return outcome as Extract<Outcome, { status: 'done' }>
}

const executions = (query: string) => Array.fromAsync(it.client.workflow.list({ query }))

test('a move is answered with the card where it now is, and ran as a workflow', async () => {
  const cardId = await aCard(it.database, board)
  const move = { columnId: board.columns['Done']! }
  const command = await aCommand(it.database, board.ownerId, 'card.move', cardId, move)
  const outcome = await done(command)
  expect(outcome.result).toMatchObject({ card: { id: cardId, columnId: move.columnId } })

  const row = await it.database('outcomes').where({ command_id: command.id }).first()
  expect(row.workflow_id).toMatch(new RegExp(`^card-actions/${board.workspaceId}/`))
  await it.client.workflow.getHandle(row.workflow_id).result()
})

test('the same command again is answered the same and changes nothing twice', async () => {
  const create = { columnId: board.columns['To do']!, title: 'Only once' }
  const command = await aCommand(it.database, board.ownerId, 'card.create', board.boardId, create)
  const [first, together] = await Promise.all([done(command), done(command)])
  expect(together).toEqual(first)
  expect(await done(command)).toEqual(first)
  expect(await it.database('cards').where({ title: 'Only once' })).toHaveLength(1)
})

test('a full batch of 64 different cards and actors is one workflow that operators can find', async () => {
  const actors = await Promise.all(
    Array.from({ length: 64 }, () => aMember(it.database, board, 'member')),
  )
  const cards: string[] = []
  for (let count = 0; count < 64; count += 1) cards.push(await aCard(it.database, board))
  const commands = await Promise.all(
    cards.map((cardId, index) => {
      const move = { columnId: board.columns['Done']! }
      return aCommand(it.database, actors[index]!, 'card.move', cardId, move)
    }),
  )
  const ahead = await aCard(it.database, board)
  const first = await aCommand(it.database, board.ownerId, 'card.archive', ahead, {})
  await Promise.all([done(first), ...commands.map(done)])

  const rows = await it.database('outcomes').whereIn(
    'command_id',
    commands.map(({ id }) => id),
  )
  expect(new Set(rows.map((row) => row.workflow_id)).size).toBe(1)
  const [{ workflow_id: workflowId }] = rows
  const description = await it.client.workflow.getHandle(workflowId).describe()
  expect(description.searchAttributes).toMatchObject({
    WorkspaceId: [board.workspaceId],
    ActionType: ['card.move'],
  })
  expect(description.searchAttributes['CardIds']).toHaveLength(40)
  expect(description.memo).toEqual({
    idsLeftOut: { boardIds: 0, actorIds: 24, cardIds: 24 },
    requestIds: commands.slice(0, 12).map(({ requestId }) => requestId),
  })
  await expect.poll(() => executions(`WorkflowId = '${workflowId}'`)).toHaveLength(1)
  await expect.poll(() => executions(`CardIds = '${cards[0]}'`)).toHaveLength(1)
})

test('a refusal and its neighbours in one batch each get their own outcome', async () => {
  const viewer = await aMember(it.database, board, 'viewer')
  const cards: string[] = []
  for (let count = 0; count < 3; count += 1) {
    cards.push(await aCard(it.database, board, { column: 'Done' }))
  }
  const commands = await Promise.all(
    cards.map((cardId, index) => {
      const actor = index === 1 ? viewer : board.ownerId
      return aCommand(it.database, actor, 'card.archive', cardId, {})
    }),
  )
  const outcomes = await Promise.all(
    commands.map((command) => it.engine.submit(command, 'outcome')),
  )
  expect(outcomes).toMatchObject([
    { status: 'done' },
    { status: 'refused', code: 'permission.denied' },
    { status: 'done' },
  ])
})

test('a key used for another command is refused', async () => {
  const cardId = await aCard(it.database, board)
  const id = newId()
  const archive = await aCommand(it.database, board.ownerId, 'card.archive', cardId, {}, { id })
  await done(archive)
  const other = await aCommand(it.database, board.ownerId, 'card.restore', cardId, {}, { id })
  expect(await it.engine.submit(other, 'outcome')).toMatchObject({ code: 'command.key_reused' })
})

test('who does not want to wait is answered as soon as the engine has the command', async () => {
  const cardId = await aCard(it.database, board)
  const command = await aCommand(it.database, board.ownerId, 'card.archive', cardId, {})
  const answer = await it.engine.submit(command, 'acknowledged')
  expect(['queued', 'done']).toContain(answer === 'queued' ? answer : answer.status)
  await expect
    .poll(() => it.engine.find(board.ownerId, command.id))
    .toMatchObject({ status: 'done' })
})

test('those who do not wait for the outcome hold up nobody', async () => {
  const archive = async () => {
    const cardId = await aCard(it.database, board)
    return await aCommand(it.database, board.ownerId, 'card.archive', cardId, {})
  }
  const startedMs = performance.now()
  for (let round = 0; round < 3; round += 1) {
    await it.engine.submit(await archive(), 'acknowledged')
    await done(await archive())
  }
  // A batch whose commands are all answered but that still counts as in flight costs 2 s a round.
  expect(performance.now() - startedMs).toBeLessThan(5_000)
})

test('a command nobody signed for its actor is refused', async () => {
  const cardId = await aCard(it.database, board)
  const command = await aCommand(it.database, board.ownerId, 'card.archive', cardId, {})
  const forged = { ...command, body: { forged: true } }
  expect(await it.engine.submit(forged, 'outcome')).toMatchObject({ code: 'permission.denied' })
})
