import { expect, test, vi } from 'vitest'
import { boardView } from '#activities/kanban/queries.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard, aMember, aProject, aWorkspace } from '#tests/support/fixtures.ts'

const { database, act, refusal, undo, undoRefusal } = useActions()

test('a new project is there, empty, and its making can be taken back and forth', async () => {
  const { workspaceId, ownerId } = await aWorkspace(database())
  const body = { name: 'Checkout', key: 'CHK' }
  const made = await act(ownerId, 'project.create', workspaceId, body)
  const { project } = made.result
  expect(project).toEqual({ ...body, id: project.id, workspaceId, archivedAt: null })

  const undone = await undo(ownerId, made.commandId)
  expect(await archivedAt(project.id)).toBeInstanceOf(Date)
  await undo(ownerId, undone.commandId)
  expect(await archivedAt(project.id)).toBeNull()
})

test('the making of a project that has boards by now is not taken back', async () => {
  const { workspaceId, ownerId } = await aWorkspace(database())
  const made = await act(ownerId, 'project.create', workspaceId, { name: 'Checkout', key: 'CHK' })
  await act(ownerId, 'board.create', made.result.project.id, { name: 'Team' })
  expect(await undoRefusal(ownerId, made.commandId)).toMatchObject({ code: 'undo.changed_since' })
})

test('a project renamed is read again by every board, and gets its old name back', async () => {
  const { ownerId, projectId, boardId } = await aBoard(database())
  const renamed = await act(ownerId, 'project.rename', projectId, { name: 'Payments' })
  expect(renamed.result.project.name).toBe('Payments')
  expect(renamed.events).toMatchObject([{ boardId, type: 'project.renamed', reload: true }])
  expect(renamed.offsets).toEqual({ [boardId]: 1 })

  const undone = await undo(ownerId, renamed.commandId)
  expect(await nameOf(projectId)).toBe('Checkout')
  await undo(ownerId, undone.commandId)
  expect(await nameOf(projectId)).toBe('Payments')
})

test('a rename that someone else has renamed over is not taken back', async () => {
  const board = await aBoard(database())
  const adminId = await aMember(database(), board, 'admin')
  const first = await act(board.ownerId, 'project.rename', board.projectId, { name: 'Payments' })
  await act(adminId, 'project.rename', board.projectId, { name: 'Money' })
  expect(await undoRefusal(board.ownerId, first.commandId)).toEqual({
    code: 'undo.changed_since',
    details: { fields: ['name'] },
  })
})

test('the name a project has already changes nothing', async () => {
  const { ownerId, projectId } = await aBoard(database())
  const same = await act(ownerId, 'project.rename', projectId, { name: 'Checkout' })
  expect(same.events).toEqual([])
  expect(await undoRefusal(ownerId, same.commandId)).toMatchObject({ code: 'undo.impossible' })
})

test('an archived project takes its boards along, and brings them back', async () => {
  const board = await aBoard(database())
  const { ownerId, projectId, boardId, columns } = board
  const cardId = await aCard(database(), board)
  const archived = await act(ownerId, 'project.archive', projectId, {})
  expect(archived.events).toMatchObject([{ boardId, type: 'project.archived' }])
  expect(archived.events[0]?.board?.archivedAt).toBe(archived.result.project.archivedAt)
  const view = await boardView(database(), ownerId, boardId)
  expect(view?.board.archivedAt).toBe(archived.result.project.archivedAt)

  const card = { columnId: columns['To do']!, title: 'Too late' }
  expect(await refusal(ownerId, 'card.create', boardId, card)).toMatchObject({
    code: 'board.archived',
  })
  expect(await refusal(ownerId, 'card.archive', cardId, {})).toMatchObject({
    code: 'board.archived',
  })

  const undone = await undo(ownerId, archived.commandId)
  expect(undone.events).toMatchObject([{ type: 'project.restored', board: { archivedAt: null } }])
  await act(ownerId, 'card.create', boardId, card)
  await undo(ownerId, undone.commandId)
  expect(await archivedAt(projectId)).toBeInstanceOf(Date)
})

test('nothing changes in an archived project', async () => {
  const { ownerId, projectId, boardId, columns } = await aBoard(database())
  const label = await act(ownerId, 'label.create', projectId, { name: 'Bug', colour: 'red' })
  const labelId = label.result.label.id
  await act(ownerId, 'project.archive', projectId, {})
  const column = columns['To do']!
  const refused = [
    await refusal(ownerId, 'project.rename', projectId, { name: 'Payments' }),
    await refusal(ownerId, 'project.archive', projectId, {}),
    await refusal(ownerId, 'board.create', projectId, { name: 'Team' }),
    await refusal(ownerId, 'board.restore', boardId, {}),
    await refusal(ownerId, 'board.duplicate', boardId, { name: 'Team' }),
    await refusal(ownerId, 'label.create', projectId, { name: 'New', colour: 'red' }),
    await refusal(ownerId, 'label.edit', labelId, { name: 'New' }),
    await refusal(ownerId, 'label.delete', labelId, {}),
    await refusal(ownerId, 'label.recover', labelId, {}),
  ]
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['project.archived']))
  const onBoard = [
    await refusal(ownerId, 'board.rename', boardId, { name: 'Team' }),
    await refusal(ownerId, 'board.archive', boardId, {}),
    await refusal(ownerId, 'column.create', boardId, { name: 'Doing' }),
    await refusal(ownerId, 'column.rename', column, { name: 'Doing' }),
    await refusal(ownerId, 'column.move', column, {}),
    await refusal(ownerId, 'column.limit', column, { wipLimit: 1, wipMode: 'warn' }),
    await refusal(ownerId, 'column.archive', column, {}),
    await refusal(ownerId, 'column.restore', column, {}),
  ]
  expect(new Set(onBoard.map(({ code }) => code))).toEqual(new Set(['board.archived']))
})

test('whoever waited while the project was archived does not work on in it', async () => {
  const { ownerId, projectId, boardId, columns } = await aBoard(database())
  const archiving = await database().transaction()
  await archiving('boards').where({ id: boardId }).update({ event_seq: 1 })
  await archiving('projects').where({ id: projectId }).update({ archived_at: new Date() })

  const body = { columnId: columns['To do']!, title: 'Too late' }
  const refused = refusal(ownerId, 'card.create', boardId, body)
  await vi.waitFor(async () => expect(await waiting()).toBe(1), { timeout: 5_000 })
  await archiving.commit()
  expect(await refused).toMatchObject({ code: 'board.archived' })
})

test('a restored project that never was archived is as it was', async () => {
  const { ownerId, projectId } = await aBoard(database())
  const restored = await act(ownerId, 'project.restore', projectId, {})
  expect(restored).toMatchObject({ events: [], result: { project: { archivedAt: null } } })
})

test('a key is taken once in a workspace, also by an archived project', async () => {
  const { workspaceId, ownerId } = await aWorkspace(database())
  const made = await act(ownerId, 'project.create', workspaceId, { name: 'One', key: 'CHK' })
  await act(ownerId, 'project.archive', made.result.project.id, {})
  const taken = { name: 'Two', key: 'CHK' }
  const code = 'project.key_taken'
  expect(await refusal(ownerId, 'project.create', workspaceId, taken)).toMatchObject({ code })
  const { id } = made.result.project
  expect(await refusal(ownerId, 'project.duplicate', id, taken)).toMatchObject({ code })

  const elsewhere = await aWorkspace(database())
  await act(elsewhere.ownerId, 'project.create', elsewhere.workspaceId, taken)
})

test('a workspace has at most 200 live projects', async () => {
  const workspace = await aWorkspace(database())
  const { workspaceId, ownerId } = workspace
  const archived = await aProject(database(), workspace, { key: 'OLD' })
  await act(ownerId, 'project.archive', archived, {})
  const rows = Array.from({ length: 200 }, (_, index) => ({
    id: crypto.randomUUID(),
    workspace_id: workspaceId,
    name: `Project ${index}`,
    key: `P${index}`,
    created_by: ownerId,
  }))
  await database()('projects').insert(rows)
  const one = { name: 'One more', key: 'MORE' }
  const code = 'project.limit'
  expect(await refusal(ownerId, 'project.create', workspaceId, one)).toMatchObject({ code })
  expect(await refusal(ownerId, 'project.restore', archived, {})).toMatchObject({ code })
  expect(await refusal(ownerId, 'project.duplicate', archived, one)).toMatchObject({ code })
})

test('only owners and admins change projects', async () => {
  const board = await aBoard(database())
  const memberId = await aMember(database(), board, 'member')
  const code = 'permission.denied'
  const { workspaceId, projectId } = board
  const body = { name: 'New', key: 'NEW' }
  expect(await refusal(memberId, 'project.create', workspaceId, body)).toMatchObject({ code })
  expect(await refusal(memberId, 'project.archive', projectId, {})).toMatchObject({ code })
  const viewerId = await aMember(database(), board, 'viewer')
  expect(await refusal(viewerId, 'board.create', projectId, { name: 'New' })).toMatchObject({
    code,
  })
})

const archivedAt = async (id: string): Promise<Date | null> =>
  (await database()('projects').where({ id }).first('archived_at')).archived_at
const nameOf = async (id: string): Promise<string> =>
  (await database()('projects').where({ id }).first('name')).name

/** How many connections wait for a lock of another. */
async function waiting(): Promise<number> {
  const { rows } = await database().raw(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows[0].count
}
