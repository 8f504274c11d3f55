import { expect, test } from 'vitest'
import type { BoardView } from '#core/contracts/views.ts'
import { PROJECT_COPY_CARDS_MAX } from '#core/kernel/limits.ts'
import { boardView, cardDetails } from '#activities/kanban/queries.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard, aMember, manyCards, type SomeBoard } from '#tests/support/fixtures.ts'

const { database, act, refusal, undo, undoRefusal } = useActions()

/** A board with a full card, one archived, one in an archived column, and a second project beside. */
async function aFullBoard() {
  const board = await aBoard(database(), { columns: ['To do', 'Done', 'Old'] })
  const { ownerId, projectId, columns } = board
  const label = await act(ownerId, 'label.create', projectId, { name: 'Bug', colour: 'red' })
  const memberId = await aMember(database(), board, 'member')
  const plain = await aCard(database(), board, { title: 'Plain', column: 'Done' })
  const full = await act(ownerId, 'card.create', board.boardId, {
    columnId: columns['To do']!,
    title: 'Full',
    description: 'All of it',
    priority: 2,
    points: 5,
    colour: 'teal',
    dueOn: '2026-12-01',
    labels: [label.result.label.id],
    assignees: [memberId],
  })
  const fullId = full.result.card.id
  await act(ownerId, 'checklist.add', fullId, { text: 'Ask' })
  const item = await act(ownerId, 'checklist.add', fullId, { text: 'Tell' })
  await act(ownerId, 'checklist.edit', item.result.item.id, { done: true })
  await act(ownerId, 'comment.add', fullId, { text: 'Stays behind' })
  const away = await aCard(database(), board, { title: 'Archived' })
  await act(ownerId, 'card.archive', away, {})
  await aCard(database(), board, { title: 'Hidden', column: 'Old' })
  await act(ownerId, 'column.archive', columns['Old']!, {})
  await act(ownerId, 'column.limit', columns['To do']!, { wipLimit: 3, wipMode: 'block' })
  return { ...board, memberId, plain, fullId, labelId: label.result.label.id }
}

const view = async ({ ownerId }: SomeBoard, boardId: string) =>
  (await boardView(database(), ownerId, boardId))!

/** A board's columns and cards without what is a copy's own. */
const likeness = ({ columns, cards }: BoardView) => ({
  columns: columns.map(({ id: _, ...column }) => column),
  cards: cards.map(
    ({ id: _, columnId, number: __, labels, version: ___, comments: ____, ...card }) => ({
      ...card,
      column: columns.find(({ id }) => id === columnId)?.name,
      labels: labels?.length,
    }),
  ),
})

test('a copied board has the same columns and open cards, with ids and numbers of their own', async () => {
  const board = await aFullBoard()
  const source = await view(board, board.boardId)
  const made = await act(board.ownerId, 'board.duplicate', board.boardId, { name: 'Copy' })
  const copy = await view(board, made.result.board.id)

  expect(copy.board).toMatchObject({ name: 'Copy', projectId: board.projectId })
  expect(likeness(copy)).toEqual(likeness(source))
  expect(copy.cards).toMatchObject([
    { title: 'Full', number: 6, labels: [board.labelId], checklist: [1, 2] },
    { title: 'Plain', number: 5 },
  ])
  const ids = new Set([...source.cards, ...copy.cards].map(({ id }) => id))
  expect(ids.size).toBe(4)
  expect(made.events).toMatchObject([{ boardId: copy.board.id, type: 'board.created', offset: 1 }])

  const details = await cardDetails(database(), board.ownerId, copy.cards[0]!.id)
  expect(details).toMatchObject({ description: 'All of it', comments: [] })
  expect(details?.checklist.map(({ text, done }) => [text, done])).toEqual([
    ['Ask', false],
    ['Tell', true],
  ])
  const following = await act(board.ownerId, 'card.create', copy.board.id, {
    columnId: copy.columns[1]!.id,
    title: 'Next',
  })
  expect(following.result.card.number).toBe(7)
})

test('a copied board is counted and can be searched, once each', async () => {
  const board = await aFullBoard()
  const made = await act(board.ownerId, 'board.duplicate', board.boardId, { name: 'Copy' })
  const rows = await database()('outbox')
    .where('effect_key', 'like', `%/${made.commandId}/%`)
    .orderBy('topic')
  const copy = await view(board, made.result.board.id)
  const [counters, search, ...others] = rows
  expect(counters).toMatchObject({ topic: 'counters', payload: { boardId: copy.board.id } })
  expect(search).toMatchObject({ topic: 'search' })
  expect(new Set(search.payload.cardIds)).toEqual(new Set(copy.cards.map(({ id }) => id)))
  expect(others).toEqual([])
})

test('the copying of a board is taken back by archiving the copy', async () => {
  const board = await aFullBoard()
  const made = await act(board.ownerId, 'board.duplicate', board.boardId, { name: 'Copy' })
  const undone = await undo(board.ownerId, made.commandId)
  expect((await view(board, made.result.board.id)).board.archivedAt).not.toBeNull()
  await undo(board.ownerId, undone.commandId)
  expect((await view(board, made.result.board.id)).board.archivedAt).toBeNull()
})

test('an archived board can be copied; the copy is not archived', async () => {
  const board = await aFullBoard()
  await act(board.ownerId, 'board.archive', board.boardId, {})
  const made = await act(board.ownerId, 'board.duplicate', board.boardId, { name: 'Copy' })
  expect(made.result.board.archivedAt).toBeNull()
})

test('a copied project has its labels and live boards, and numbers its cards anew', async () => {
  const board = await aFullBoard()
  const { ownerId, projectId } = board
  const gone = await act(ownerId, 'label.create', projectId, { name: 'Gone', colour: 'blue' })
  await act(ownerId, 'card.label', board.fullId, { labelId: gone.result.label.id })
  await act(ownerId, 'label.delete', gone.result.label.id, {})
  const second = await aBoard(database(), { name: 'Second', within: board })
  await aCard(database(), second, { title: 'There' })
  const archived = await act(ownerId, 'board.create', projectId, { name: 'Old' })
  await act(ownerId, 'board.archive', archived.result.board.id, {})

  const body = { name: 'Copy', key: 'CPY' }
  const made = await act(ownerId, 'project.duplicate', projectId, body)
  const { id } = made.result.project
  const boards = await database()('boards').where({ project_id: id }).orderBy('name')
  expect(boards.map(({ name }) => name)).toEqual(['Second', 'Team'])
  const copy = await view(board, boards[1].id)
  expect(likeness(copy)).toEqual(likeness(await view(board, board.boardId)))
  expect(copy.labels).toEqual([{ id: copy.labels[0]!.id, name: 'Bug', colour: 'red' }])
  expect(copy.labels[0]!.id).not.toBe(board.labelId)
  expect(copy.cards[0]!.labels).toEqual([copy.labels[0]!.id])
  const numbers = await database()('cards')
    .where({ project_id: id })
    .orderBy('number')
    .pluck('number')
  expect(numbers).toEqual([1, 2, 3])
  expect(new Set(made.events.map(({ boardId }) => boardId))).toEqual(
    new Set(boards.map((each) => each.id)),
  )
})

test('the copying of a project is taken back and forth', async () => {
  const board = await aFullBoard()
  const body = { name: 'Copy', key: 'CPY' }
  const made = await act(board.ownerId, 'project.duplicate', board.projectId, body)
  const undone = await undo(board.ownerId, made.commandId)
  const { id } = made.result.project
  expect((await database()('projects').where({ id }).first()).archived_at).not.toBeNull()
  await undo(board.ownerId, undone.commandId)
  await act(board.ownerId, 'project.rename', id, { name: 'Ours' })
  expect(await undoRefusal(board.ownerId, made.commandId)).toMatchObject({
    code: 'undo.changed_since',
  })
})

test('a board of 6,000 cards is copied within moments', { timeout: 60_000 }, async () => {
  const board = await aBoard(database())
  const { ownerId, boardId, workspaceId: workspace_id } = board
  const cards = await manyCards(database(), board, 6_000)
  const assigned = cards.map((card_id) => ({ card_id, user_id: ownerId, workspace_id }))
  await database().batchInsert('card_assignees', assigned, 1_000)

  const made = await act(ownerId, 'board.duplicate', boardId, { name: 'Copy' })
  const copy = await view(board, made.result.board.id)
  expect(copy.cards).toHaveLength(6_000)
  expect(copy.cards.every(({ assignees }) => assignees?.[0] === ownerId)).toBe(true)
  const numbers = copy.cards.map(({ number }) => number).sort((a, b) => a - b)
  expect(numbers).toEqual(Array.from({ length: 6_000 }, (_, index) => 6_001 + index))
})

test('a project with more than 20,000 open cards is not copied', { timeout: 60_000 }, async () => {
  const board = await aBoard(database())
  await manyCards(database(), board, PROJECT_COPY_CARDS_MAX + 1)
  const body = { name: 'Copy', key: 'CPY' }
  expect(await refusal(board.ownerId, 'project.duplicate', board.projectId, body)).toEqual({
    code: 'project.too_large',
    details: { cards: PROJECT_COPY_CARDS_MAX + 1 },
  })
})
