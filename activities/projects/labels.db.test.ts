import { expect, test } from 'vitest'
import { boardView } from '#activities/kanban/queries.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'

const { database, act, refusal, undo, undoRefusal, together, command } = useActions()

const BUG = { name: 'Bug', colour: 'red' } as const
const view = async ({ ownerId, boardId }: SomeBoard) =>
  (await boardView(database(), ownerId, boardId))!

async function aLabel({ ownerId, projectId }: SomeBoard): Promise<string> {
  return (await act(ownerId, 'label.create', projectId, BUG)).result.label.id
}

test('a new label is told to every board of its project, and can be taken back', async () => {
  const board = await aBoard(database())
  const second = await aBoard(database(), { within: board })
  const { ownerId, projectId } = board
  const made = await act(ownerId, 'label.create', projectId, BUG)
  const { label } = made.result
  expect(label).toEqual({ ...BUG, id: label.id })
  expect(made.events).toMatchObject([
    { boardId: board.boardId, type: 'label.created', label },
    { boardId: second.boardId, type: 'label.created', label },
  ])
  expect((await view(second)).labels).toEqual([label])

  const undone = await undo(ownerId, made.commandId)
  expect(undone.events).toMatchObject([{ labelGone: label.id }, { labelGone: label.id }])
  expect((await view(board)).labels).toEqual([])
  await undo(ownerId, undone.commandId)
  expect((await view(board)).labels).toEqual([label])
})

test('the making of a label somebody edited since is not taken back', async () => {
  const board = await aBoard(database())
  const memberId = await aMember(database(), board, 'member')
  const made = await act(board.ownerId, 'label.create', board.projectId, BUG)
  await act(memberId, 'label.edit', made.result.label.id, { colour: 'blue' })
  expect(await undoRefusal(board.ownerId, made.commandId)).toMatchObject({
    details: { fields: ['colour'] },
  })
})

test('an edited label goes back field by field', async () => {
  const board = await aBoard(database())
  const { ownerId } = board
  const labelId = await aLabel(board)
  const memberId = await aMember(database(), board, 'member')
  const edited = await act(ownerId, 'label.edit', labelId, { name: 'Defect' })
  expect(edited.events).toMatchObject([
    { type: 'label.edited', label: { name: 'Defect', colour: 'red' } },
  ])
  await act(memberId, 'label.edit', labelId, { colour: 'blue' })

  const undone = await undo(ownerId, edited.commandId)
  expect((await view(board)).labels).toEqual([{ id: labelId, name: 'Bug', colour: 'blue' }])
  await undo(ownerId, undone.commandId)
  expect((await view(board)).labels).toEqual([{ id: labelId, name: 'Defect', colour: 'blue' }])
  expect((await act(ownerId, 'label.edit', labelId, { name: 'Defect' })).events).toEqual([])
})

test('a deleted label leaves its cards, and comes back onto them', async () => {
  const board = await aBoard(database())
  const { ownerId } = board
  const labelId = await aLabel(board)
  const cardId = await aCard(database(), board)
  await act(ownerId, 'card.label', cardId, { labelId })

  const deleted = await act(ownerId, 'label.delete', labelId, {})
  expect(deleted.events).toMatchObject([{ type: 'label.deleted', labelGone: labelId }])
  expect((await view(board)).cards[0]?.labels).toBeUndefined()
  const code = 'label.not_found'
  expect(await refusal(ownerId, 'label.delete', labelId, {})).toMatchObject({ code })
  expect(await refusal(ownerId, 'label.edit', labelId, { name: 'New' })).toMatchObject({ code })
  expect(await refusal(ownerId, 'card.label', cardId, { labelId })).toMatchObject({ code })

  const undone = await undo(ownerId, deleted.commandId)
  expect(undone.events).toMatchObject([{ type: 'label.recovered', reload: true }])
  expect((await view(board)).cards[0]?.labels).toEqual([labelId])
  await undo(ownerId, undone.commandId)
  const recovered = await act(ownerId, 'label.recover', labelId, {})
  expect(recovered.result.label).toEqual({ ...BUG, id: labelId })
  expect((await act(ownerId, 'label.recover', labelId, {})).events).toEqual([])
})

test('a card at hand in the same batch shows the label no longer', async () => {
  const board = await aBoard(database())
  const { ownerId } = board
  const labelId = await aLabel(board)
  const cardId = await aCard(database(), board)
  await act(ownerId, 'card.label', cardId, { labelId })
  const changes = { title: 'Edited' }
  const outcomes = await together([
    await command(ownerId, 'label.delete', labelId, {}),
    await command(ownerId, 'card.edit', cardId, { baseVersion: 1, changes }),
  ])
  expect(outcomes).toMatchObject([{ status: 'done' }, { status: 'done' }])
  expect(outcomes[1]).not.toHaveProperty('result.card.labels')
})

test('a project has one label of a name, whatever its case', async () => {
  const board = await aBoard(database())
  const { ownerId, projectId } = board
  const labelId = await aLabel(board)
  const code = 'label.name_taken'
  const same = { name: 'BUG', colour: 'blue' } as const
  expect(await refusal(ownerId, 'label.create', projectId, same)).toMatchObject({ code })
  const other = await act(ownerId, 'label.create', projectId, { name: 'Idea', colour: 'blue' })
  const otherId = other.result.label.id
  expect(await refusal(ownerId, 'label.edit', otherId, { name: 'bug' })).toMatchObject({ code })

  await act(ownerId, 'label.delete', labelId, {})
  await act(ownerId, 'label.edit', otherId, { name: 'bug' })
  expect(await refusal(ownerId, 'label.recover', labelId, {})).toMatchObject({ code })
})

test('a project has at most 200 labels', async () => {
  const board = await aBoard(database())
  const { ownerId, projectId, workspaceId } = board
  const labelId = await aLabel(board)
  await act(ownerId, 'label.delete', labelId, {})
  const rows = Array.from({ length: 200 }, (_, index) => ({
    id: crypto.randomUUID(),
    workspace_id: workspaceId,
    project_id: projectId,
    name: `Label ${index}`,
    colour: 'red',
  }))
  await database()('labels').insert(rows)
  const code = 'label.limit'
  expect(await refusal(ownerId, 'label.create', projectId, BUG)).toMatchObject({ code })
  expect(await refusal(ownerId, 'label.recover', labelId, {})).toMatchObject({ code })
})

test('a label made before there was a second board is taken back from both', async () => {
  const board = await aBoard(database())
  const { ownerId, projectId } = board
  const made = await act(ownerId, 'label.create', projectId, BUG)
  const second = await act(ownerId, 'board.create', projectId, { name: 'Second' })
  const undone = await undo(ownerId, made.commandId)
  expect(Object.keys(undone.offsets).sort()).toEqual([board.boardId, second.result.board.id].sort())
})
