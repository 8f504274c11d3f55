import { expect, test } from 'vitest'
import { aBoard, aCard, aMember, manyCards, type SomeBoard } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { notifyDue } from './notify-due.ts'

const database = useDatabase()
const NOON = Date.parse('2026-11-21T12:00:00Z')

async function assign(board: SomeBoard, cardIds: readonly string[], userIds: readonly string[]) {
  const rows = cardIds.flatMap((cardId) =>
    userIds.map((userId) => ({
      card_id: cardId,
      user_id: userId,
      workspace_id: board.workspaceId,
    })),
  )
  await database().batchInsert('card_assignees', rows, 1_000)
}

async function dueOn(board: SomeBoard, day: string, row: object = {}): Promise<string> {
  return await aCard(database(), board, { row: { due_on: day, ...row } })
}

const toldOf = async (board: SomeBoard) =>
  await database()('notifications').where({ board_id: board.boardId }).orderBy('excerpt')

test('assignees are reminded of what is due today or tomorrow, once', async () => {
  const board = await aBoard(database())
  const [yesterday, today, tomorrow, after] = [
    await dueOn(board, '2026-11-20'),
    await dueOn(board, '2026-11-21'),
    await dueOn(board, '2026-11-22'),
    await dueOn(board, '2026-11-23'),
  ]
  await assign(board, [yesterday, today, tomorrow, after], [board.ownerId])
  await notifyDue(database('worker'), NOON)
  await notifyDue(database('worker'), NOON + 3_600_000)
  const told = await toldOf(board)
  expect(told.map((row) => [row.card_id, row.excerpt, row.kind])).toEqual([
    [today, '2026-11-21', 'due'],
    [tomorrow, '2026-11-22', 'due'],
  ])
})

test('another due day is another reminder', async () => {
  const board = await aBoard(database())
  const cardId = await dueOn(board, '2026-11-21')
  await assign(board, [cardId], [board.ownerId])
  await notifyDue(database('worker'), NOON)
  await database()('cards').where({ id: cardId }).update({ due_on: '2026-11-22' })
  await notifyDue(database('worker'), NOON)
  expect(await toldOf(board)).toHaveLength(2)
})

test('what was put away reminds nobody', async () => {
  const board = await aBoard(database(), { columns: ['To do', 'Old'] })
  const put = (row: object) => dueOn(board, '2026-11-21', row)
  const cards = [await put({ archived_at: new Date() }), await put({ deleted_at: new Date() })]
  await database()('columns')
    .where({ id: board.columns['Old'] })
    .update({ archived_at: new Date() })
  cards.push(await put({ column_id: board.columns['Old'] }))
  await assign(board, cards, [board.ownerId])
  await notifyDue(database('worker'), NOON)
  expect(await toldOf(board)).toEqual([])
})

test('what is due in a deleted workspace reminds nobody', async () => {
  const board = await aBoard(database())
  await assign(board, [await dueOn(board, '2026-11-21')], [board.ownerId])
  const gone = { deleted_at: new Date(), restorable_by: [board.ownerId] }
  await database()('workspaces').where({ id: board.workspaceId }).update(gone)
  await notifyDue(database('worker'), NOON)
  expect(await toldOf(board)).toEqual([])
})

test('many cards with several assignees are all reminded of', async () => {
  const board = await aBoard(database())
  const users = [board.ownerId, await aMember(database(), board, 'member')]
  const cardIds = await manyCards(database(), board, 700)
  await database()('cards').whereIn('id', cardIds).update({ due_on: '2026-11-21' })
  await assign(board, cardIds, users)
  await notifyDue(database('worker'), NOON)
  expect(await toldOf(board)).toHaveLength(1_400)
})

test('today and tomorrow are the days where the assignee lives', async () => {
  const board = await aBoard(database())
  const [west, east] = [board.ownerId, await aMember(database(), board, 'member')]
  await database()('users').where({ id: west }).update({ time_zone: 'Pacific/Honolulu' })
  await database()('users').where({ id: east }).update({ time_zone: 'Pacific/Auckland' })
  const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23']
  for (const day of days) await assign(board, [await dueOn(board, day)], [west, east])
  await notifyDue(database('worker'), Date.parse('2026-11-21T09:00:00Z'))
  await notifyDue(database('worker'), Date.parse('2026-11-21T11:30:00Z'))
  const told = await toldOf(board)
  const daysOf = (userId: string) =>
    told.filter((row) => row.user_id === userId).map((row) => row.excerpt)
  expect(daysOf(west)).toEqual(['2026-11-20', '2026-11-21', '2026-11-22'])
  expect(daysOf(east)).toEqual(['2026-11-21', '2026-11-22', '2026-11-23'])
})
