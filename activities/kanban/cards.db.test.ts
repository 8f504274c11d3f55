import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { boardView, cardDetails } from '#activities/kanban/queries.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard, aMember, manyCards, type SomeBoard } from '#tests/support/fixtures.ts'

const { database, act, refusal, together, command } = useActions()

const LABEL = { name: 'Bug', colour: 'red' } as const
const titles = async ({ ownerId, boardId, columns }: SomeBoard, column: string) =>
  (await boardView(database(), ownerId, boardId))!.cards
    .filter(({ columnId }) => columnId === columns[column])
    .map(({ title }) => title)

test('a new card holds all that was asked for, and comes to the end of its column', async () => {
  const board = await aBoard(database())
  const { ownerId, boardId, projectId, columns } = board
  await aCard(database(), board, { title: 'First' })
  const label = (await act(ownerId, 'label.create', projectId, LABEL)).result.label
  const memberId = await aMember(database(), board, 'member')
  const cardId = newId()
  const made = await act(ownerId, 'card.create', boardId, {
    cardId,
    columnId: columns['To do']!,
    title: 'Second',
    description: 'Long',
    dueOn: '2026-12-24',
    priority: 1,
    points: 21,
    colour: 'pink',
    labels: [label.id, label.id],
    assignees: [memberId, memberId],
  })
  const { card } = made.result
  expect(card).toMatchObject({
    id: cardId,
    number: 2,
    version: 1,
    dueOn: '2026-12-24',
    priority: 1,
    points: 21,
    colour: 'pink',
    labels: [label.id],
    assignees: [memberId],
  })
  expect(made.events).toMatchObject([{ boardId, type: 'card.created', cardId, card }])
  expect(await titles(board, 'To do')).toEqual(['First', 'Second'])
  const details = await cardDetails(database(), ownerId, cardId)
  expect(details).toMatchObject({ card, description: 'Long', createdBy: ownerId })
})

test('a card is placed before or after a neighbour, and at the end when that is gone', async () => {
  const board = await aBoard(database())
  const { ownerId, boardId, columns } = board
  const anchor = await aCard(database(), board, { title: 'Anchor' })
  const columnId = columns['To do']!
  const create = (title: string, place: object) =>
    act(ownerId, 'card.create', boardId, { columnId, title, ...place })
  await create('Last', {})
  await create('Before', { before: anchor })
  await create('After', { after: anchor })
  expect(await titles(board, 'To do')).toEqual(['Before', 'Anchor', 'After', 'Last'])
  await act(ownerId, 'card.archive', anchor, {})
  await create('Lost', { before: anchor })
  expect(await titles(board, 'To do')).toEqual(['Before', 'After', 'Last', 'Lost'])
})

test('a card is not made where it cannot be', async () => {
  const board = await aBoard(database())
  const { ownerId, boardId, columns } = board
  const other = await aBoard(database(), { within: board, name: 'Second' })
  const taken = await aCard(database(), board)
  const columnId = columns['To do']!
  const create = (more: object) =>
    refusal(ownerId, 'card.create', boardId, { columnId, title: 'New', ...more })
  expect(await create({ columnId: newId() })).toMatchObject({ code: 'column.not_found' })
  expect(await create({ columnId: other.columns['To do'] })).toMatchObject({
    code: 'column.not_found',
  })
  expect(await create({ labels: [newId()] })).toMatchObject({ code: 'label.not_found' })
  expect(await create({ assignees: [newId()] })).toMatchObject({ code: 'member.not_found' })
  expect(await create({ cardId: taken })).toMatchObject({ code: 'request.id_taken' })
  await act(ownerId, 'column.archive', columnId, {})
  expect(await create({})).toMatchObject({ code: 'column.archived' })
})

test('a refused card leaves no gap in numbers and events', async () => {
  const board = await aBoard(database())
  const { ownerId, boardId, columns } = board
  const columnId = columns['To do']!
  const one = await command(ownerId, 'card.create', boardId, { columnId, title: 'One' })
  const lost = { columnId, title: 'Lost', labels: [newId()] }
  const refused = await command(ownerId, 'card.create', boardId, lost)
  const two = await command(ownerId, 'card.create', boardId, { columnId, title: 'Two' })
  const outcomes = await together([one, refused, two])
  expect(outcomes).toMatchObject([
    { result: { card: { number: 1 } }, offsets: { [boardId]: 1 } },
    { code: 'label.not_found' },
    { result: { card: { number: 2 } }, offsets: { [boardId]: 2 } },
  ])
})

test('a board holds at most 10,000 open cards', { timeout: 60_000 }, async () => {
  const board = await aBoard(database())
  const { ownerId, boardId, columns } = board
  const [archived, deleted] = [await aCard(database(), board), await aCard(database(), board)]
  await act(ownerId, 'card.archive', archived, {})
  await act(ownerId, 'card.delete', deleted, {})
  await manyCards(database(), board, 10_000)
  const other = await aBoard(database(), { within: board, name: 'Second' })
  const guest = await aCard(database(), other)
  const columnId = columns['Done']!
  const code = 'board.full'
  const card = { columnId, title: 'One more' }
  expect(await refusal(ownerId, 'card.create', boardId, card)).toMatchObject({ code })
  expect(await refusal(ownerId, 'card.move', guest, { columnId })).toMatchObject({ code })
  expect(await refusal(ownerId, 'card.restore', archived, {})).toMatchObject({ code })
  expect(await refusal(ownerId, 'card.recover', deleted, {})).toMatchObject({ code })
})

test('edits of different fields meet; of the same field the later is refused', async () => {
  const board = await aBoard(database())
  const { ownerId } = board
  const memberId = await aMember(database(), board, 'member')
  const cardId = await aCard(database(), board)
  const edit = (changes: object) => ({ baseVersion: 1, changes })
  await act(ownerId, 'card.edit', cardId, edit({ title: 'Mine', points: 3 }))
  const edited = await act(memberId, 'card.edit', cardId, edit({ priority: 1 }))
  expect(edited.result.card).toMatchObject({ title: 'Mine', points: 3, priority: 1, version: 3 })
  expect(edited.events).toMatchObject([{ type: 'card.edited', changes: { priority: [null, 1] } }])

  const late = edit({ title: 'Theirs', priority: 2, dueOn: '2026-12-24' })
  expect(await refusal(memberId, 'card.edit', cardId, late)).toEqual({
    code: 'card.conflict',
    details: { version: 3, fields: { title: 'Mine', priority: 1 } },
  })
  const same = await act(memberId, 'card.edit', cardId, edit({ title: 'Mine' }))
  expect(same).toMatchObject({ events: [], result: { card: { version: 3 } } })
})

test('every field of a card is edited and emptied', async () => {
  const board = await aBoard(database())
  const { ownerId } = board
  const cardId = await aCard(database(), board)
  const full = {
    title: 'All',
    description: 'Told',
    dueOn: '2028-02-29',
    priority: 4,
    points: 1,
    colour: 'grey',
  } as const
  await act(ownerId, 'card.edit', cardId, { baseVersion: 1, changes: full })
  const { description, ...face } = full
  expect(await cardDetails(database(), ownerId, cardId)).toMatchObject({ description, card: face })
  const empty = { description: '', dueOn: null, priority: null, points: null, colour: null }
  const emptied = await act(ownerId, 'card.edit', cardId, { baseVersion: 2, changes: empty })
  const { id, columnId, rank, number, title, version } = emptied.result.card
  expect(emptied.result.card).toEqual({ id, columnId, rank, number, title, version })
})

test('only members are assigned, once, and at most 20', async () => {
  const board = await aBoard(database())
  const { ownerId } = board
  const cardId = await aCard(database(), board)
  const assigned = await act(ownerId, 'card.assign', cardId, { userId: ownerId })
  expect(assigned.result.card.assignees).toEqual([ownerId])
  expect((await act(ownerId, 'card.assign', cardId, { userId: ownerId })).events).toEqual([])
  const stranger = (await aBoard(database())).ownerId
  expect(await refusal(ownerId, 'card.assign', cardId, { userId: stranger })).toMatchObject({
    code: 'member.not_found',
  })
  for (let count = 1; count < 20; count += 1) {
    const userId = await aMember(database(), board, 'member')
    await act(ownerId, 'card.assign', cardId, { userId })
  }
  const userId = await aMember(database(), board, 'member')
  expect(await refusal(ownerId, 'card.assign', cardId, { userId })).toMatchObject({
    code: 'card.assignee_limit',
  })
  const freed = await act(ownerId, 'card.unassign', cardId, { userId: ownerId })
  expect(freed.result.card.assignees).toHaveLength(19)
  expect((await act(ownerId, 'card.unassign', cardId, { userId: ownerId })).events).toEqual([])
  await act(ownerId, 'card.assign', cardId, { userId })
})

test('a card takes labels of its project, once each, and at most 20', async () => {
  const board = await aBoard(database())
  const { ownerId, projectId } = board
  const cardId = await aCard(database(), board)
  const labelIds: string[] = []
  for (let count = 0; count < 21; count += 1) {
    const body = { name: `Label ${count}`, colour: 'red' as const }
    labelIds.push((await act(ownerId, 'label.create', projectId, body)).result.label.id)
  }
  const [last, ...others] = labelIds
  for (const labelId of others) await act(ownerId, 'card.label', cardId, { labelId })
  expect((await act(ownerId, 'card.label', cardId, { labelId: others[0]! })).events).toEqual([])
  expect(await refusal(ownerId, 'card.label', cardId, { labelId: last! })).toMatchObject({
    code: 'card.label_limit',
  })
  expect(await refusal(ownerId, 'card.label', cardId, { labelId: newId() })).toMatchObject({
    code: 'label.not_found',
  })
  const freed = await act(ownerId, 'card.unlabel', cardId, { labelId: others[0]! })
  expect(freed.result.card.labels).toHaveLength(19)
  expect(freed.events[0]?.changes).toEqual({ label: ['Label 1', null] })
  expect((await act(ownerId, 'card.unlabel', cardId, { labelId: others[0]! })).events).toEqual([])
})

test('an archived card is left alone until it is restored', async () => {
  const board = await aBoard(database())
  const { ownerId, columns } = board
  const cardId = await aCard(database(), board)
  const archived = await act(ownerId, 'card.archive', cardId, {})
  expect(archived.events).toMatchObject([{ type: 'card.archived', cardId, gone: true }])
  expect(await titles(board, 'To do')).toEqual([])
  for (const code of await refusalsOnCard(ownerId, cardId, columns['Done']!)) {
    expect(code).toBe('card.archived')
  }
  expect(await refusal(ownerId, 'card.archive', cardId, {})).toMatchObject({
    code: 'card.archived',
  })
  const restored = await act(ownerId, 'card.restore', cardId, {})
  expect(restored.events).toMatchObject([{ type: 'card.restored', card: { id: cardId } }])
  expect(await titles(board, 'To do')).toEqual(['Fix login'])
  expect((await act(ownerId, 'card.restore', cardId, {})).events).toEqual([])
})

test('a deleted card is left alone until it is brought back, for 30 days', async () => {
  const board = await aBoard(database())
  const { ownerId, columns } = board
  const cardId = await aCard(database(), board)
  const deleted = await act(ownerId, 'card.delete', cardId, {})
  expect(deleted.events).toMatchObject([{ type: 'card.deleted', cardId, gone: true }])
  for (const code of await refusalsOnCard(ownerId, cardId, columns['Done']!)) {
    expect(code).toBe('card.deleted')
  }
  const code = 'card.deleted'
  expect(await refusal(ownerId, 'card.archive', cardId, {})).toMatchObject({ code })
  expect(await refusal(ownerId, 'card.restore', cardId, {})).toMatchObject({ code })
  expect(await refusal(ownerId, 'card.delete', cardId, {})).toMatchObject({ code })

  await deletedDaysAgo(cardId, 29.9)
  const recovered = await act(ownerId, 'card.recover', cardId, {})
  expect(recovered.events).toMatchObject([{ type: 'card.recovered', card: { id: cardId } }])
  expect((await act(ownerId, 'card.recover', cardId, {})).events).toEqual([])
  await act(ownerId, 'card.delete', cardId, {})
  await deletedDaysAgo(cardId, 30.1)
  expect(await refusal(ownerId, 'card.recover', cardId, {})).toMatchObject({
    code: 'card.kept_no_longer',
  })
})

test('nothing changes on an archived board', async () => {
  const board = await aBoard(database())
  const { ownerId, boardId, columns } = board
  const cardId = await aCard(database(), board)
  const [archived, deleted] = [await aCard(database(), board), await aCard(database(), board)]
  await act(ownerId, 'card.archive', archived, {})
  await act(ownerId, 'card.delete', deleted, {})
  await act(ownerId, 'board.archive', boardId, {})
  const refused = [
    ...(await refusalsOnCard(ownerId, cardId, columns['Done']!)),
    (await refusal(ownerId, 'card.archive', cardId, {})).code,
    (await refusal(ownerId, 'card.delete', cardId, {})).code,
    (await refusal(ownerId, 'card.restore', archived, {})).code,
    (await refusal(ownerId, 'card.recover', deleted, {})).code,
  ]
  expect(new Set(refused)).toEqual(new Set(['board.archived']))
})

test('an archived card that was deleted comes back archived', async () => {
  const board = await aBoard(database())
  const { ownerId } = board
  const cardId = await aCard(database(), board)
  await act(ownerId, 'card.archive', cardId, {})
  await act(ownerId, 'card.delete', cardId, {})
  const recovered = await act(ownerId, 'card.recover', cardId, {})
  expect(recovered.events).toMatchObject([{ type: 'card.recovered', gone: true }])
  expect(await titles(board, 'To do')).toEqual([])
  await act(ownerId, 'card.restore', cardId, {})
  expect(await titles(board, 'To do')).toEqual(['Fix login'])
})

test('a card whose column was archived comes back to the first open one', async () => {
  const board = await aBoard(database())
  const { ownerId, columns } = board
  const cardId = await aCard(database(), board)
  await act(ownerId, 'card.archive', cardId, {})
  await act(ownerId, 'column.archive', columns['To do']!, {})
  const restored = await act(ownerId, 'card.restore', cardId, {})
  expect(restored.result.card.columnId).toBe(columns['Done'])
})

test('a blocked column takes no card more, whichever way it comes', async () => {
  const board = await aBoard(database())
  const { ownerId, boardId, columns } = board
  const columnId = columns['Done']!
  const archived = await aCard(database(), board, { column: 'Done' })
  const deleted = await aCard(database(), board, { column: 'Done' })
  await act(ownerId, 'card.archive', archived, {})
  await act(ownerId, 'card.delete', deleted, {})
  const inside = await aCard(database(), board, { column: 'Done' })
  const outside = await aCard(database(), board)
  await act(ownerId, 'column.limit', columnId, { wipLimit: 1, wipMode: 'block' })

  const full = { code: 'column.full', details: { columnId, wipLimit: 1 } }
  const card = { columnId, title: 'New' }
  expect(await refusal(ownerId, 'card.create', boardId, card)).toEqual(full)
  expect(await refusal(ownerId, 'card.move', outside, { columnId })).toEqual(full)
  expect(await refusal(ownerId, 'card.restore', archived, {})).toEqual(full)
  expect(await refusal(ownerId, 'card.recover', deleted, {})).toEqual(full)
  await act(ownerId, 'card.move', inside, { columnId })

  await act(ownerId, 'column.limit', columnId, { wipLimit: 1, wipMode: 'warn' })
  await act(ownerId, 'card.move', outside, { columnId })
})

test('viewers write nothing, and people of elsewhere see nothing', async () => {
  const board = await aBoard(database())
  const { boardId, columns } = board
  const viewerId = await aMember(database(), board, 'viewer')
  const cardId = await aCard(database(), board)
  const code = 'permission.denied'
  const card = { columnId: columns['To do']!, title: 'New' }
  expect(await refusal(viewerId, 'card.create', boardId, card)).toMatchObject({ code })
  expect(await refusal(viewerId, 'comment.add', cardId, { text: 'Hi' })).toMatchObject({ code })
  const stranger = (await aBoard(database())).ownerId
  await expect(act(stranger, 'card.archive', cardId, {})).rejects.toThrow('sees no card')
})

/** What each action on a card that is put away is refused with. */
async function refusalsOnCard(actorId: string, cardId: string, columnId: string) {
  const refused = [
    await refusal(actorId, 'card.edit', cardId, { baseVersion: 1, changes: { title: 'New' } }),
    await refusal(actorId, 'card.move', cardId, { columnId }),
    await refusal(actorId, 'card.assign', cardId, { userId: actorId }),
    await refusal(actorId, 'card.unassign', cardId, { userId: actorId }),
    await refusal(actorId, 'card.label', cardId, { labelId: newId() }),
    await refusal(actorId, 'card.unlabel', cardId, { labelId: newId() }),
    await refusal(actorId, 'comment.add', cardId, { text: 'Hello' }),
    await refusal(actorId, 'checklist.add', cardId, { text: 'Ask' }),
  ]
  return refused.map(({ code }) => code)
}

const deletedDaysAgo = async (id: string, days: number) =>
  await database()('cards')
    .where({ id })
    .update({ deleted_at: new Date(Date.now() - days * 24 * 60 * 60 * 1000) })
