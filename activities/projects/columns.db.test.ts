import { expect, test } from 'vitest'
import { RANK_LENGTH_MAX } from '#core/kernel/rank.ts'
import { boardView } from '#activities/kanban/queries.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'

const { database, act, refusal, undo, undoRefusal, together, command } = useActions()

const THREE = { columns: ['To do', 'Doing', 'Done'] }
const names = async ({ ownerId, boardId }: SomeBoard) =>
  (await boardView(database(), ownerId, boardId))!.columns.map(({ name }) => name)

test('a column is added at the end, before or after another', async () => {
  const board = await aBoard(database(), THREE)
  const { ownerId, boardId, columns } = board
  await act(ownerId, 'column.create', boardId, { name: 'End' })
  await act(ownerId, 'column.create', boardId, { name: 'First', before: columns['To do']! })
  const made = await act(ownerId, 'column.create', boardId, {
    name: 'Review',
    after: columns['Doing']!,
  })
  const order = ['First', 'To do', 'Doing', 'Review', 'Done', 'End']
  expect(await names(board)).toEqual(order)
  expect(made.events[0]?.columns?.map(({ name }) => name)).toEqual(order)
  expect(made.result).toMatchObject({ boardId, column: { name: 'Review', wipLimit: null } })
})

test('a column whose neighbour is gone comes to the end', async () => {
  const board = await aBoard(database(), THREE)
  const { ownerId, boardId, columns } = board
  await act(ownerId, 'column.archive', columns['To do']!, {})
  await act(ownerId, 'column.create', boardId, { name: 'Late', before: columns['To do']! })
  expect(await names(board)).toEqual(['Doing', 'Done', 'Late'])
  await act(ownerId, 'column.move', columns['Doing']!, { after: crypto.randomUUID() })
  expect(await names(board)).toEqual(['Done', 'Late', 'Doing'])
})

test('the adding of a column is taken back and forth, unless it holds cards by now', async () => {
  const board = await aBoard(database())
  const { ownerId, boardId } = board
  const made = await act(ownerId, 'column.create', boardId, { name: 'Review' })
  const undone = await undo(ownerId, made.commandId)
  expect(await names(board)).toEqual(['To do', 'Done'])
  await undo(ownerId, undone.commandId)
  expect(await names(board)).toEqual(['To do', 'Done', 'Review'])

  const other = await act(ownerId, 'column.create', boardId, { name: 'Ready' })
  const columnId = other.result.column.id
  await act(ownerId, 'card.create', boardId, { columnId, title: 'There' })
  expect(await undoRefusal(ownerId, other.commandId)).toMatchObject({ code: 'undo.changed_since' })
})

test('the adding of a column somebody renamed since is not taken back', async () => {
  const board = await aBoard(database())
  const memberId = await aMember(database(), board, 'member')
  const made = await act(board.ownerId, 'column.create', board.boardId, { name: 'Review' })
  await act(memberId, 'column.rename', made.result.column.id, { name: 'Check' })
  expect(await undoRefusal(board.ownerId, made.commandId)).toMatchObject({
    details: { fields: ['name'] },
  })
})

test('a column is renamed for viewers, and gets its old name back', async () => {
  const board = await aBoard(database())
  const { ownerId, columns } = board
  const columnId = columns['To do']!
  const renamed = await act(ownerId, 'column.rename', columnId, { name: 'Next' })
  expect(renamed.events).toMatchObject([
    { type: 'column.renamed', columns: [{ name: 'Next' }, { name: 'Done' }] },
  ])
  const undone = await undo(ownerId, renamed.commandId)
  expect(await names(board)).toEqual(['To do', 'Done'])
  await undo(ownerId, undone.commandId)
  expect(await names(board)).toEqual(['Next', 'Done'])
  expect((await act(ownerId, 'column.rename', columnId, { name: 'Next' })).events).toEqual([])
})

test('a moved column goes back to where it was, unless somebody has moved it since', async () => {
  const board = await aBoard(database(), THREE)
  const { ownerId, columns } = board
  const columnId = columns['Done']!
  const moved = await act(ownerId, 'column.move', columnId, { before: columns['To do']! })
  expect(await names(board)).toEqual(['Done', 'To do', 'Doing'])
  const undone = await undo(ownerId, moved.commandId)
  expect(await names(board)).toEqual(['To do', 'Doing', 'Done'])
  await undo(ownerId, undone.commandId)
  expect(await names(board)).toEqual(['Done', 'To do', 'Doing'])

  const memberId = await aMember(database(), board, 'member')
  await act(memberId, 'column.rename', columnId, { name: 'Finished' })
  const again = await act(ownerId, 'column.move', columnId, { after: columns['To do']! })
  await act(memberId, 'column.move', columnId, {})
  expect(await undoRefusal(ownerId, again.commandId)).toMatchObject({
    details: { fields: ['place'] },
  })
})

test('a limit is set and taken back to what it was', async () => {
  const board = await aBoard(database())
  const { ownerId, boardId, columns } = board
  const columnId = columns['To do']!
  const block = { wipLimit: 1, wipMode: 'block' as const }
  const limited = await act(ownerId, 'column.limit', columnId, block)
  expect(limited.result.column).toMatchObject(block)
  expect(limited.events[0]?.columns?.[0]).toMatchObject(block)
  await act(ownerId, 'card.create', boardId, { columnId, title: 'First' })
  const second = { columnId, title: 'Second' }
  expect(await refusal(ownerId, 'card.create', boardId, second)).toMatchObject({
    code: 'column.full',
  })
  expect((await act(ownerId, 'column.limit', columnId, block)).events).toEqual([])

  const undone = await undo(ownerId, limited.commandId)
  await act(ownerId, 'card.create', boardId, second)
  const redone = await undo(ownerId, undone.commandId)
  expect(redone.events[0]?.columns?.[0]).toMatchObject(block)
})

test('an archived column takes its cards out of sight, and brings them back', async () => {
  const board = await aBoard(database(), THREE)
  const { ownerId, boardId, columns } = board
  const cardId = await aCard(database(), board, { column: 'Doing' })
  const columnId = columns['Doing']!
  const archived = await act(ownerId, 'column.archive', columnId, {})
  expect(archived.events).toMatchObject([{ type: 'column.archived', reload: true }])
  const hidden = await boardView(database(), ownerId, boardId)
  expect(hidden?.cards).toEqual([])
  expect(await names(board)).toEqual(['To do', 'Done'])

  const changes = { title: 'Still edited' }
  const edited = await act(ownerId, 'card.edit', cardId, { baseVersion: 1, changes })
  expect(edited.events).toMatchObject([{ cardId, gone: true }])

  const undone = await undo(ownerId, archived.commandId)
  expect(undone.events).toMatchObject([{ type: 'column.restored', reload: true }])
  const back = await boardView(database(), ownerId, boardId)
  expect(back?.cards).toMatchObject([{ id: cardId, title: 'Still edited' }])
  expect(await names(board)).toEqual(['To do', 'Doing', 'Done'])
  await undo(ownerId, undone.commandId)
  expect(await names(board)).toEqual(['To do', 'Done'])
})

test('a column restored to a place that is taken comes right behind it', async () => {
  const board = await aBoard(database(), THREE)
  const { ownerId, columns } = board
  const columnId = columns['Doing']!
  const rank = (await database()('columns').where({ id: columnId }).first()).rank
  await act(ownerId, 'column.archive', columnId, {})
  await database()('columns').where({ id: columns['To do'] }).update({ rank })
  await act(ownerId, 'column.restore', columnId, {})
  expect(await names(board)).toEqual(['To do', 'Doing', 'Done'])
  expect((await act(ownerId, 'column.restore', columnId, {})).events).toEqual([])
})

test('nothing changes in an archived column', async () => {
  const { ownerId, boardId, columns } = await aBoard(database())
  const columnId = columns['To do']!
  await act(ownerId, 'column.archive', columnId, {})
  const limit = { wipLimit: 1, wipMode: 'warn' as const }
  const refused = [
    await refusal(ownerId, 'column.rename', columnId, { name: 'New' }),
    await refusal(ownerId, 'column.move', columnId, {}),
    await refusal(ownerId, 'column.limit', columnId, limit),
    await refusal(ownerId, 'column.archive', columnId, {}),
    await refusal(ownerId, 'card.create', boardId, { columnId, title: 'New' }),
  ]
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['column.archived']))
})

test('a board keeps its last column', async () => {
  const { ownerId, columns } = await aBoard(database())
  await act(ownerId, 'column.archive', columns['To do']!, {})
  expect(await refusal(ownerId, 'column.archive', columns['Done']!, {})).toMatchObject({
    code: 'column.last',
  })
})

test('a board has at most 50 live columns', async () => {
  const many = Array.from({ length: 50 }, (_, index) => `Column ${index}`)
  const { ownerId, boardId, columns } = await aBoard(database(), { columns: many })
  const code = 'column.limit'
  const body = { name: 'One more' }
  expect(await refusal(ownerId, 'column.create', boardId, body)).toMatchObject({ code })
  await act(ownerId, 'column.archive', columns['Column 0']!, {})
  await act(ownerId, 'column.create', boardId, body)
  expect(await refusal(ownerId, 'column.restore', columns['Column 0']!, {})).toMatchObject({ code })
})

test('ranks stay short, however often columns are moved to one place', async () => {
  const board = await aBoard(database(), THREE)
  const { ownerId, columns } = board
  const [first, second, third] = [columns['To do']!, columns['Doing']!, columns['Done']!]
  const moves = await Promise.all(
    Array.from({ length: 300 }, (_, index) =>
      command(ownerId, 'column.move', index % 2 ? second : third, { after: first }),
    ),
  )
  await together(moves)
  const ranks: string[] = await database()('columns')
    .where({ board_id: board.boardId })
    .pluck('rank')
  expect(Math.max(...ranks.map((rank) => rank.length))).toBeLessThanOrEqual(RANK_LENGTH_MAX)
  expect(await names(board)).toEqual(['To do', 'Doing', 'Done'])
})

test('ranks stay short also when a column comes back to a place that is taken', async () => {
  const board = await aBoard(database(), THREE)
  const { ownerId, columns } = board
  const rank = `${'0'.repeat(RANK_LENGTH_MAX - 1)}1`
  const place = async (name: string, at: string) =>
    await database()('columns').where({ id: columns[name] }).update({ rank: at })
  await place('To do', rank)
  await act(ownerId, 'column.archive', columns['To do']!, {})
  await place('Doing', rank)
  await place('Done', `${rank}1`)
  const { result } = await act(ownerId, 'column.restore', columns['To do']!, {})
  expect(result.column.rank.length).toBeLessThanOrEqual(RANK_LENGTH_MAX)
  expect(await names(board)).toEqual(['Doing', 'To do', 'Done'])
})
