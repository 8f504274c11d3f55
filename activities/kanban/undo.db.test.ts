import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { commandMac } from '#core/platform/command-mac.ts'
import { boardView, cardDetails } from '#activities/kanban/queries.ts'
import { useActions } from '#tests/support/actions.ts'
import { COMMAND_KEY } from '#tests/support/command.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'

const { database, act, refusal, undo, undoRefusal, together, command } = useActions()

const onBoard = async ({ ownerId, boardId }: SomeBoard) =>
  (await boardView(database(), ownerId, boardId))!.cards

async function aCardOfTwo() {
  const board = await aBoard(database())
  const memberId = await aMember(database(), board, 'member', { name: 'Max' })
  const cardId = await aCard(database(), board)
  const { ownerId } = board
  const details = async () => (await cardDetails(database(), ownerId, cardId))!
  const edit = async (actorId: string, changes: object) => {
    const baseVersion = (await details()).card.version
    return await act(actorId, 'card.edit', cardId, { baseVersion, changes })
  }
  return { ...board, memberId, cardId, details, edit }
}

test('the making of a card is taken back and forth, with all that it held', async () => {
  const board = await aBoard(database())
  const { ownerId, boardId, columns } = board
  const body = { columnId: columns['To do']!, title: 'New', assignees: [ownerId] }
  const made = await act(ownerId, 'card.create', boardId, body)
  const undone = await undo(ownerId, made.commandId)
  expect(undone.result.undone).toEqual([made.commandId])
  expect(undone.events).toMatchObject([{ type: 'card.deleted', gone: true }])
  expect(await onBoard(board)).toEqual([])
  await undo(ownerId, undone.commandId)
  expect(await onBoard(board)).toMatchObject([{ title: 'New', assignees: [ownerId] }])
})

test('a card others have worked on since is not taken back as new', async () => {
  const board = await aBoard(database())
  const { ownerId, boardId, columns } = board
  const memberId = await aMember(database(), board, 'member')
  const create = () =>
    act(ownerId, 'card.create', boardId, { columnId: columns['To do']!, title: 'New' })
  const work: ((cardId: string) => Promise<unknown>)[] = [
    (id) => act(memberId, 'card.edit', id, { baseVersion: 1, changes: { points: 3 } }),
    (id) => act(memberId, 'card.move', id, { columnId: columns['Done']! }),
    (id) => act(memberId, 'card.assign', id, { userId: memberId }),
    (id) => act(memberId, 'comment.add', id, { text: 'Seen' }),
    (id) => act(memberId, 'checklist.add', id, { text: 'Ask' }),
    (id) => act(memberId, 'card.archive', id, {}),
  ]
  for (const each of work) {
    const made = await create()
    await each(made.result.card.id)
    expect(await undoRefusal(ownerId, made.commandId)).toMatchObject({
      code: 'undo.changed_since',
    })
  }
})

test('what one did to a card oneself is taken back step by step, down to its making', async () => {
  const board = await aBoard(database())
  const { ownerId, boardId, columns, projectId } = board
  const label = await act(ownerId, 'label.create', projectId, { name: 'Bug', colour: 'red' })
  const labelId = label.result.label.id
  const columnId = columns['To do']!
  const made = await act(ownerId, 'card.create', boardId, { columnId, title: 'New' })
  const { id } = made.result.card
  const steps = [
    made,
    await act(ownerId, 'card.edit', id, { baseVersion: 1, changes: { title: 'Newer' } }),
    await act(ownerId, 'card.edit', id, { baseVersion: 2, changes: { title: 'Newest' } }),
    await act(ownerId, 'card.move', id, { columnId: columns['Done']! }),
    await act(ownerId, 'card.move', id, { columnId }),
    await act(ownerId, 'card.assign', id, { userId: ownerId }),
    await act(ownerId, 'card.label', id, { labelId }),
    await act(ownerId, 'card.unlabel', id, { labelId }),
    await act(ownerId, 'card.unassign', id, { userId: ownerId }),
    await act(ownerId, 'comment.add', id, { text: 'Seen' }),
    await act(ownerId, 'checklist.add', id, { text: 'Ask' }),
    await act(ownerId, 'card.archive', id, {}),
    await act(ownerId, 'card.delete', id, {}),
  ]
  for (const { commandId } of steps.toReversed()) await undo(ownerId, commandId)
  expect(await onBoard(board)).toEqual([])
  expect(await undoRefusal(ownerId, made.commandId)).toMatchObject({ code: 'card.deleted' })
})

test('each change of a card is taken back and forth', async () => {
  const { ownerId, projectId, cardId, details, columns } = await aCardOfTwo()
  const label = await act(ownerId, 'label.create', projectId, { name: 'Bug', colour: 'red' })
  const labelId = label.result.label.id
  const state = async () => {
    const { card, archivedAt, deletedAt, ...rest } = await details()
    const { version: _, ...face } = card
    return { ...face, ...rest, archived: archivedAt !== null, deleted: deletedAt !== null }
  }
  const backAndForth = async (doIt: () => Promise<{ commandId: string }>) => {
    const before = await state()
    const { commandId } = await doIt()
    const after = await state()
    expect(after).not.toEqual(before)
    const undone = await undo(ownerId, commandId)
    expect(await state()).toEqual(before)
    const redone = await undo(ownerId, undone.commandId)
    expect(await state()).toEqual(after)
    await undo(ownerId, redone.commandId)
    expect(await state()).toEqual(before)
    await doIt()
  }
  const changes = {
    title: 'All',
    description: 'Told',
    dueOn: '2026-12-24',
    priority: 2,
    points: 8,
    colour: 'blue',
  } as const
  const baseVersion = 1_000
  await backAndForth(() => act(ownerId, 'card.edit', cardId, { baseVersion, changes }))
  await backAndForth(() => act(ownerId, 'card.move', cardId, { columnId: columns['Done']! }))
  await backAndForth(() => act(ownerId, 'card.assign', cardId, { userId: ownerId }))
  await backAndForth(() => act(ownerId, 'card.unassign', cardId, { userId: ownerId }))
  await backAndForth(() => act(ownerId, 'card.label', cardId, { labelId }))
  await backAndForth(() => act(ownerId, 'card.unlabel', cardId, { labelId }))
  await backAndForth(() => act(ownerId, 'card.archive', cardId, {}))
  await backAndForth(() => act(ownerId, 'card.restore', cardId, {}))
  await backAndForth(() => act(ownerId, 'card.delete', cardId, {}))
  await backAndForth(() => act(ownerId, 'card.recover', cardId, {}))
})

test('an edit is taken back unless someone else changed the same field', async () => {
  const { ownerId, memberId, edit, details } = await aCardOfTwo()
  const both = await edit(ownerId, { title: 'Mine', points: 3 })
  await edit(memberId, { priority: 1 })
  const undone = await undo(ownerId, both.commandId)
  expect((await details()).card).toMatchObject({ title: 'Fix login', priority: 1 })

  await edit(memberId, { points: 8 })
  expect(await undoRefusal(ownerId, undone.commandId)).toEqual({
    code: 'undo.changed_since',
    details: { fields: ['points'] },
  })
  expect((await details()).card).toMatchObject({ title: 'Fix login', points: 8 })
})

test('two edits of one field are taken back one after the other, and not the other way round', async () => {
  const { ownerId, edit, details } = await aCardOfTwo()
  const first = await edit(ownerId, { title: 'One' })
  const second = await edit(ownerId, { title: 'Two' })
  expect(await undoRefusal(ownerId, first.commandId)).toMatchObject({ code: 'undo.changed_since' })
  await undo(ownerId, second.commandId)
  expect((await details()).card.title).toBe('One')
  await undo(ownerId, first.commandId)
  expect((await details()).card.title).toBe('Fix login')
})

test('a value someone else put in and took back may still be taken back by its author', async () => {
  const { ownerId, memberId, edit, details } = await aCardOfTwo()
  const mine = await edit(ownerId, { title: 'Mine' })
  const theirs = await edit(memberId, { title: 'Theirs' })
  await undo(memberId, theirs.commandId)
  await undo(ownerId, mine.commandId)
  expect((await details()).card.title).toBe('Fix login')
})

test('a gesture is taken back and forth as one', async () => {
  const board = await aBoard(database())
  const { ownerId, columns } = board
  const gestureId = newId()
  const cards = [
    await aCard(database(), board, { title: 'A' }),
    await aCard(database(), board, { title: 'B' }),
    await aCard(database(), board, { title: 'C' }),
  ]
  const columnId = columns['Done']!
  for (const cardId of cards) await act(ownerId, 'card.move', cardId, { columnId }, { gestureId })
  const before = await onBoard(board)
  const undone = await act(ownerId, 'undo', gestureId, { gestureId })
  expect(undone.result.undone).toHaveLength(3)
  expect(undone.events).toHaveLength(3)
  const home = (await onBoard(board)).map(({ title, columnId: at }) => [title, at])
  expect(home).toEqual(['A', 'B', 'C'].map((title) => [title, columns['To do']]))

  await undo(ownerId, undone.commandId)
  const places = (view: typeof before) => view.map(({ id, columnId: at, rank }) => [id, at, rank])
  expect(places(await onBoard(board))).toEqual(places(before))
})

test('a gesture of which one part cannot be taken back stays whole', async () => {
  const board = await aBoard(database())
  const { ownerId, columns } = board
  const memberId = await aMember(database(), board, 'member')
  const gestureId = newId()
  const cards = [await aCard(database(), board), await aCard(database(), board)]
  const columnId = columns['Done']!
  for (const cardId of cards) await act(ownerId, 'card.move', cardId, { columnId }, { gestureId })
  await act(memberId, 'card.move', cards[1]!, { columnId: columns['To do']! })
  const before = await onBoard(board)
  expect(await refusal(ownerId, 'undo', gestureId, { gestureId })).toMatchObject({
    code: 'undo.changed_since',
  })
  expect(await onBoard(board)).toEqual(before)
})

test('a gesture done in one batch is taken back from its end to its beginning', async () => {
  const { ownerId, cardId, details } = await aCardOfTwo()
  const gestureId = newId()
  const titles = ['One', 'Two', 'Three', 'Four', 'Five', 'Six']
  const edits = await Promise.all(
    titles.map((title, index) =>
      command(
        ownerId,
        'card.edit',
        cardId,
        { baseVersion: index + 1, changes: { title } },
        // The ids people's clients make say nothing about the order.
        { id: `${9 - index}${newId().slice(1)}`, gestureId },
      ),
    ),
  )
  await together(edits)
  expect((await details()).card.title).toBe('Six')
  await act(ownerId, 'undo', gestureId, { gestureId })
  expect((await details()).card.title).toBe('Fix login')
})

test('a gesture of more than 500 actions is not taken back by half', async () => {
  const { ownerId, edit, details } = await aCardOfTwo()
  const { commandId } = await edit(ownerId, { title: 'Mine' })
  const gestureId = newId()
  const [row] = await database()('outcomes').where({ command_id: commandId })
  const rows = Array.from({ length: 501 }, () => ({
    ...row,
    inverse: JSON.stringify(row.inverse),
    command_id: newId(),
    gesture_id: gestureId,
  }))
  await database()('outcomes').insert(rows)
  expect(await refusal(ownerId, 'undo', gestureId, { gestureId })).toMatchObject({
    code: 'undo.impossible',
  })
  expect((await details()).card.title).toBe('Mine')
})

test('nobody takes back what another did, or what never was', async () => {
  const { ownerId, memberId, edit } = await aCardOfTwo()
  const edited = await edit(ownerId, { title: 'Mine' })
  const sees = 'sees no outcome'
  await expect(undo(memberId, edited.commandId)).rejects.toThrow(sees)
  await expect(undo(ownerId, newId())).rejects.toThrow(sees)
  const theirs = await command(ownerId, 'undo', edited.commandId, { commandId: edited.commandId })
  const stolen = { ...theirs, actorId: memberId }
  const [outcome] = await together([{ ...stolen, mac: commandMac(COMMAND_KEY, stolen) }])
  expect(outcome).toMatchObject({ code: 'undo.not_found' })
})

test('what was refused, or changed nothing, cannot be taken back', async () => {
  const { ownerId, cardId, edit } = await aCardOfTwo()
  const nothing = await edit(ownerId, { title: 'Fix login' })
  expect(await undoRefusal(ownerId, nothing.commandId)).toMatchObject({ code: 'undo.impossible' })
  const commandId = newId()
  const body = { columnId: newId() }
  await refusal(ownerId, 'card.move', cardId, body, { id: commandId })
  expect(await undoRefusal(ownerId, commandId)).toMatchObject({ code: 'undo.not_found' })
})

test('who may no longer write takes nothing back', async () => {
  const { memberId, workspaceId, edit } = await aCardOfTwo()
  const edited = await edit(memberId, { title: 'Mine' })
  await database()('workspace_members')
    .where({ workspace_id: workspaceId, user_id: memberId })
    .update({ role: 'viewer' })
  expect(await undoRefusal(memberId, edited.commandId)).toMatchObject({
    code: 'permission.denied',
  })
})

test('a deletion is taken back within 30 days', async () => {
  const { ownerId, cardId } = await aCardOfTwo()
  const deleted = await act(ownerId, 'card.delete', cardId, {})
  await database()('cards')
    .where({ id: cardId })
    .update({ deleted_at: new Date(Date.now() - 31 * 24 * 60 * 60 * 1000) })
  expect(await undoRefusal(ownerId, deleted.commandId)).toMatchObject({
    code: 'card.kept_no_longer',
  })
})
