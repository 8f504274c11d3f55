import { expect, test } from 'vitest'
import { boardView } from '#activities/kanban/queries.ts'
import { useActions } from '#tests/support/actions.ts'
import {
  aBoard,
  aCard,
  aMember,
  aProject,
  aWorkspace,
  type SomeBoard,
} from '#tests/support/fixtures.ts'

const { database, act, refusal, undo, undoRefusal } = useActions()

const view = async ({ ownerId }: Pick<SomeBoard, 'ownerId'>, boardId: string) =>
  (await boardView(database(), ownerId, boardId))!

test('a new board has the usual three columns, or those that are asked for', async () => {
  const workspace = await aWorkspace(database())
  const { ownerId } = workspace
  const projectId = await aProject(database(), workspace)
  const usual = await act(ownerId, 'board.create', projectId, { name: 'Team' })
  const usualBoard = await view(workspace, usual.result.board.id)
  expect(usualBoard.columns.map(({ name }) => name)).toEqual(['To do', 'In progress', 'Done'])
  expect(usualBoard.board).toMatchObject({ ...usual.result.board, archivedAt: null })
  expect(usualBoard.offset).toBe(1)
  expect(usual.events).toMatchObject([{ type: 'board.created', offset: 1 }])

  const body = { name: 'Team', columns: ['Now', 'Later'] }
  const own = await act(ownerId, 'board.create', projectId, body)
  const ownBoard = await view(workspace, own.result.board.id)
  expect(ownBoard.columns.map(({ name }) => name)).toEqual(['Now', 'Later'])
})

test('the making of a board is taken back and forth, unless it is in use', async () => {
  const board = await aBoard(database())
  const { ownerId, projectId } = board
  const made = await act(ownerId, 'board.create', projectId, { name: 'Second' })
  const { id } = made.result.board
  const undone = await undo(ownerId, made.commandId)
  expect((await view(board, id)).board.archivedAt).not.toBeNull()
  await undo(ownerId, undone.commandId)
  const second = await view(board, id)
  expect(second.board.archivedAt).toBeNull()

  const other = await act(ownerId, 'board.create', projectId, { name: 'Third' })
  const third = await view(board, other.result.board.id)
  const card = { columnId: third.columns[0]!.id, title: 'First card' }
  await act(ownerId, 'card.create', third.board.id, card)
  expect(await undoRefusal(ownerId, other.commandId)).toMatchObject({ code: 'undo.changed_since' })
})

test('the making of a board that was renamed since is not taken back', async () => {
  const board = await aBoard(database())
  const memberId = await aMember(database(), board, 'member')
  const made = await act(board.ownerId, 'board.create', board.projectId, { name: 'Second' })
  await act(memberId, 'board.rename', made.result.board.id, { name: 'Ours' })
  expect(await undoRefusal(board.ownerId, made.commandId)).toEqual({
    code: 'undo.changed_since',
    details: { fields: ['name'] },
  })
})

test('a board is renamed for its viewers, and gets its old name back', async () => {
  const { ownerId, boardId } = await aBoard(database())
  const renamed = await act(ownerId, 'board.rename', boardId, { name: 'Delivery' })
  expect(renamed.events).toMatchObject([
    { boardId, type: 'board.renamed', board: { name: 'Delivery' }, offset: 1 },
  ])
  const undone = await undo(ownerId, renamed.commandId)
  expect(undone.events).toMatchObject([{ board: { name: 'Team' }, offset: 2 }])
  const again = await undo(ownerId, undone.commandId)
  expect(again.events).toMatchObject([{ board: { name: 'Delivery' }, offset: 3 }])
  expect((await act(ownerId, 'board.rename', boardId, { name: 'Delivery' })).events).toEqual([])
})

test('an archived board is put away with its cards, and brought back', async () => {
  const board = await aBoard(database())
  const { ownerId, boardId } = board
  const cardId = await aCard(database(), board)
  const archived = await act(ownerId, 'board.archive', boardId, {})
  expect(archived.events[0]?.board?.archivedAt).toBe(archived.result.board.archivedAt)
  const code = 'board.archived'
  expect(await refusal(ownerId, 'board.archive', boardId, {})).toMatchObject({ code })
  expect(await refusal(ownerId, 'board.rename', boardId, { name: 'New' })).toMatchObject({ code })
  expect(await refusal(ownerId, 'card.archive', cardId, {})).toMatchObject({ code })

  const undone = await undo(ownerId, archived.commandId)
  expect(undone.events).toMatchObject([{ type: 'board.restored', board: { archivedAt: null } }])
  await undo(ownerId, undone.commandId)
  const restored = await act(ownerId, 'board.restore', boardId, {})
  expect(restored.result.board.archivedAt).toBeNull()
  expect((await view(board, boardId)).cards).toHaveLength(1)
  expect((await act(ownerId, 'board.restore', boardId, {})).events).toEqual([])
})

test('a project has at most 100 live boards', async () => {
  const board = await aBoard(database())
  const { ownerId, projectId, boardId } = board
  await act(ownerId, 'board.archive', boardId, {})
  const rows = Array.from({ length: 100 }, (_, index) => ({
    id: crypto.randomUUID(),
    workspace_id: board.workspaceId,
    project_id: projectId,
    name: `Board ${index}`,
    created_by: ownerId,
  }))
  await database()('boards').insert(rows)
  const code = 'board.limit'
  const name = 'One more'
  expect(await refusal(ownerId, 'board.create', projectId, { name })).toMatchObject({ code })
  expect(await refusal(ownerId, 'board.restore', boardId, {})).toMatchObject({ code })
  expect(await refusal(ownerId, 'board.duplicate', boardId, { name })).toMatchObject({ code })
})

test('a board of another workspace is not to be found', async () => {
  const here = await aBoard(database())
  const there = await aBoard(database())
  await expect(act(here.ownerId, 'board.rename', there.boardId, { name: 'Ours' })).rejects.toThrow(
    'sees no board',
  )
})
