import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { RANK_LENGTH_MAX } from '#core/kernel/rank.ts'
import { boardView } from '#activities/kanban/queries.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard, aMember, aProject, type SomeBoard } from '#tests/support/fixtures.ts'

const { database, act, refusal, undo, undoRefusal, together, command } = useActions()

const cardsOf = async ({ ownerId, boardId }: SomeBoard) =>
  (await boardView(database(), ownerId, boardId))!.cards
const titles = async (board: SomeBoard, column: string) =>
  (await cardsOf(board))
    .filter(({ columnId }) => columnId === board.columns[column])
    .map(({ title }) => title)

/** A board whose first column holds cards of these titles; their ids in the same order. */
async function aColumnOf(...names: string[]) {
  const board = await aBoard(database())
  const cards: string[] = []
  for (const title of names) cards.push(await aCard(database(), board, { title }))
  return { ...board, cards }
}

/** Another board, in a project of its own. */
async function elsewhere(board: SomeBoard) {
  const { workspaceId, ownerId } = board
  const projectId = await aProject(database(), board, { name: 'Payments', key: 'PAY' })
  return await aBoard(database(), { name: 'There', within: { workspaceId, ownerId, projectId } })
}

test('a card moves before, after and to the end, within and across columns', async () => {
  const board = await aColumnOf('A', 'B', 'C')
  const { ownerId, columns, cards } = board
  const [a, b, c] = cards as [string, string, string]
  const columnId = columns['To do']!
  const moved = await act(ownerId, 'card.move', c, { columnId, before: a })
  expect(await titles(board, 'To do')).toEqual(['C', 'A', 'B'])
  expect(moved.events).toMatchObject([
    { type: 'card.moved', card: moved.result.card, changes: { column: ['To do', 'To do'] } },
  ])
  await act(ownerId, 'card.move', c, { columnId, after: a })
  expect(await titles(board, 'To do')).toEqual(['A', 'C', 'B'])
  await act(ownerId, 'card.move', a, { columnId })
  expect(await titles(board, 'To do')).toEqual(['C', 'B', 'A'])
  const done = columns['Done']!
  await act(ownerId, 'card.move', b, { columnId: done })
  await act(ownerId, 'card.move', a, { columnId: done, before: b })
  expect(await titles(board, 'Done')).toEqual(['A', 'B'])
})

test('a card whose anchor is gone or elsewhere comes to the end', async () => {
  const board = await aColumnOf('A', 'B', 'C')
  const { ownerId, columns, cards } = board
  const [a, b, c] = cards as [string, string, string]
  const columnId = columns['To do']!
  await act(ownerId, 'card.move', a, { columnId, before: newId() })
  expect(await titles(board, 'To do')).toEqual(['B', 'C', 'A'])
  await act(ownerId, 'card.archive', c, {})
  await act(ownerId, 'card.move', b, { columnId, after: c })
  expect(await titles(board, 'To do')).toEqual(['A', 'B'])
  await act(ownerId, 'card.move', a, { columnId, after: a })
  expect(await titles(board, 'To do')).toEqual(['B', 'A'])
})

test('a card does not move to a column that is gone', async () => {
  const { ownerId, columns, cards } = await aColumnOf('A')
  const columnId = columns['Done']!
  expect(await refusal(ownerId, 'card.move', cards[0]!, { columnId: newId() })).toMatchObject({
    code: 'column.not_found',
  })
  const stranger = await aBoard(database())
  const theirs = { columnId: stranger.columns['Done']! }
  expect(await refusal(ownerId, 'card.move', cards[0]!, theirs)).toMatchObject({
    code: 'column.not_found',
  })
  await act(ownerId, 'column.archive', columnId, {})
  expect(await refusal(ownerId, 'card.move', cards[0]!, { columnId })).toMatchObject({
    code: 'column.archived',
  })
})

test('a card that moves to another board leaves the first, for the viewers of both', async () => {
  const board = await aColumnOf('A', 'B')
  const other = await aBoard(database(), { name: 'Second', within: board })
  const columnId = other.columns['Done']!
  const [cardId] = board.cards as [string]
  const moved = await act(board.ownerId, 'card.move', cardId, { columnId })
  expect(moved.events).toMatchObject([
    { boardId: board.boardId, type: 'card.left', cardId, gone: true, offset: 1 },
    { boardId: other.boardId, type: 'card.moved', cardId, card: { columnId }, offset: 1 },
  ])
  expect(moved.events[1]?.changes).toMatchObject({ board: ['Team', 'Second'] })
  expect(moved.result.card.number).toBe(1)
  expect(await titles(other, 'Done')).toEqual(['A'])

  const undone = await undo(board.ownerId, moved.commandId)
  expect(await titles(board, 'To do')).toEqual(['A', 'B'])
  await undo(board.ownerId, undone.commandId)
  expect(await titles(other, 'Done')).toEqual(['A'])
})

test('a card gets a number and the labels of the project it moves to, and its own back', async () => {
  const board = await aColumnOf('A')
  const { ownerId } = board
  const other = await elsewhere(board)
  await aCard(database(), other, { title: 'There' })
  const label = async (projectId: string, name: string) =>
    (await act(ownerId, 'label.create', projectId, { name, colour: 'red' })).result.label.id
  const [bug, idea] = [await label(board.projectId, 'Bug'), await label(board.projectId, 'Idea')]
  const theirBug = await label(other.projectId, 'BUG')
  const [cardId] = board.cards as [string]
  await act(ownerId, 'card.label', cardId, { labelId: bug })
  await act(ownerId, 'card.label', cardId, { labelId: idea })

  const moved = await act(ownerId, 'card.move', cardId, { columnId: other.columns['Done']! })
  expect(moved.result.card).toMatchObject({ number: 2, labels: [theirBug] })
  expect(await cardsOf(other)).toContainEqual(moved.result.card)

  const undone = await undo(ownerId, moved.commandId)
  const [back] = await cardsOf(board)
  expect(back).toMatchObject({ id: cardId, number: 1 })
  expect(new Set(back?.labels)).toEqual(new Set([bug, idea]))
  await undo(ownerId, undone.commandId)
  const there = (await cardsOf(other)).find(({ id }) => id === cardId)
  expect(there).toMatchObject({ number: 2, labels: [theirBug] })
})

test('a card in a batch that names another board than its own gets a batch of its own', async () => {
  const board = await aColumnOf('A')
  const other = await aBoard(database(), { name: 'Second', within: board })
  const [cardId] = board.cards as [string]
  const { ownerId } = board
  const late = await command(ownerId, 'card.edit', cardId, {
    baseVersion: 1,
    changes: { title: 'Edited there' },
  })
  await act(ownerId, 'card.move', cardId, { columnId: other.columns['Done']! })
  const [outcome] = await together([late])
  expect(outcome).toMatchObject({ status: 'done', offsets: { [other.boardId]: 2 } })
  expect(await titles(other, 'Done')).toEqual(['Edited there'])
})

test('a move is taken back to the same place, or as near as is free', async () => {
  const board = await aColumnOf('A', 'B', 'C')
  const { ownerId, columns, cards } = board
  const [a, b] = cards as [string, string]
  const moved = await act(ownerId, 'card.move', b, { columnId: columns['Done']! })
  const rank = (await database()('cards').where({ id: b }).first()).rank
  const undone = await undo(ownerId, moved.commandId)
  expect(await titles(board, 'To do')).toEqual(['A', 'B', 'C'])
  await undo(ownerId, undone.commandId)
  const [there] = (await cardsOf(board)).filter(({ id }) => id === b)
  expect(there?.rank).toBe(rank)

  const again = await act(ownerId, 'card.move', a, { columnId: columns['Done']! })
  const memberId = await aMember(database(), board, 'member')
  await act(memberId, 'card.edit', a, { baseVersion: 1, changes: { title: 'A!' } })
  await undo(ownerId, again.commandId)
  expect(await titles(board, 'To do')).toEqual(['A!', 'C'])
})

test('a move that somebody else has moved over is not taken back', async () => {
  const board = await aColumnOf('A', 'B')
  const { ownerId, columns, cards } = board
  const [a, b] = cards as [string, string]
  const memberId = await aMember(database(), board, 'member')
  const moved = await act(ownerId, 'card.move', a, { columnId: columns['Done']! })
  await act(memberId, 'card.move', a, { columnId: columns['To do']!, after: b })
  expect(await undoRefusal(ownerId, moved.commandId)).toEqual({
    code: 'undo.changed_since',
    details: { fields: ['place'] },
  })
  expect(await titles(board, 'To do')).toEqual(['B', 'A'])
})

test('a move back into a column that is full by now is refused', async () => {
  const board = await aColumnOf('A')
  const { ownerId, columns, cards } = board
  const moved = await act(ownerId, 'card.move', cards[0]!, { columnId: columns['Done']! })
  await aCard(database(), board)
  const limit = { wipLimit: 1, wipMode: 'block' as const }
  await act(ownerId, 'column.limit', columns['To do']!, limit)
  expect(await undoRefusal(ownerId, moved.commandId)).toMatchObject({ code: 'column.full' })
})

test('ranks stay short and in order, however often cards are moved to one place', async () => {
  const board = await aColumnOf('A', 'B', 'C', 'D')
  const { ownerId, columns, cards } = board
  const [a, b, c] = cards as [string, string, string]
  const columnId = columns['To do']!
  const moves = await Promise.all(
    Array.from({ length: 400 }, (_, index) =>
      command(ownerId, 'card.move', index % 2 ? b : c, { columnId, after: a }),
    ),
  )
  const outcomes = await together(moves)
  expect(outcomes.every(({ status }) => status === 'done')).toBe(true)
  const view = await cardsOf(board)
  expect(Math.max(...view.map(({ rank }) => rank.length))).toBeLessThanOrEqual(RANK_LENGTH_MAX)
  expect(view.map(({ title }) => title)).toEqual(['A', 'B', 'C', 'D'])
  expect(outcomes.at(-1)).toMatchObject({ result: { card: view[1] } })
})

test('viewers read the board again when its ranks were spread', async () => {
  const board = await aColumnOf('A', 'B')
  const { ownerId, columns, cards } = board
  const columnId = columns['To do']!
  const [first] = cards as [string]
  await database()('cards')
    .where({ id: first })
    .update({ rank: `${'0'.repeat(RANK_LENGTH_MAX)}1` })
  const moved = await act(ownerId, 'card.move', cards[1]!, { columnId, before: first })
  expect(moved.events).toMatchObject([{ type: 'card.moved', reload: true }])
  const made = await act(ownerId, 'card.create', board.boardId, { columnId, title: 'C' })
  expect(made.events[0]?.reload).toBeUndefined()
  expect(await titles(board, 'To do')).toEqual(['B', 'A', 'C'])
})

test('ranks stay short also when a card comes back to a place that is taken', async () => {
  const board = await aColumnOf('A', 'B', 'C')
  const { ownerId, cards } = board
  const rank = `${'0'.repeat(RANK_LENGTH_MAX - 1)}1`
  const [first, second] = cards as [string, string]
  await database()('cards').where({ id: first }).update({ rank })
  await act(ownerId, 'card.archive', first, {})
  await database()('cards').where({ id: second }).update({ rank })
  await database()('cards')
    .where({ id: cards[2]! })
    .update({ rank: `${rank}1` })
  const restored = await act(ownerId, 'card.restore', first, {})
  expect(restored.events).toMatchObject([{ type: 'card.restored', reload: true }])
  const ranks = (await cardsOf(board)).map((card) => card.rank.length)
  expect(Math.max(...ranks)).toBeLessThanOrEqual(RANK_LENGTH_MAX)
  expect(await titles(board, 'To do')).toEqual(['B', 'A', 'C'])
})
