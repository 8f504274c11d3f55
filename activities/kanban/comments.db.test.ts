import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { cardDetails } from '#activities/kanban/queries.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard, aMember } from '#tests/support/fixtures.ts'

const { database, act, refusal, undo, undoRefusal } = useActions()

async function aCardOfTwo() {
  const board = await aBoard(database())
  const { ownerId } = board
  const memberId = await aMember(database(), board, 'member', { name: 'Max' })
  const cardId = await aCard(database(), board)
  const texts = async () =>
    (await cardDetails(database(), ownerId, cardId))!.comments.map(({ text }) => text)
  return { ...board, memberId, cardId, texts }
}

test('a comment is added, edited, deleted and brought back by its author', async () => {
  const { ownerId, cardId, texts } = await aCardOfTwo()
  const commentId = newId()
  const added = await act(ownerId, 'comment.add', cardId, { commentId, text: 'First' })
  expect(added.result).toMatchObject({
    comment: { id: commentId, authorId: ownerId, text: 'First', editedAt: null },
    card: { comments: 1 },
  })
  expect(added.events).toMatchObject([{ type: 'comment.added', card: { comments: 1 } }])
  const edited = await act(ownerId, 'comment.edit', commentId, { text: 'Second' })
  expect(edited.result.comment.editedAt).not.toBeNull()
  expect(await texts()).toEqual(['Second'])

  const deleted = await act(ownerId, 'comment.delete', commentId, {})
  expect(deleted.result.card.comments).toBeUndefined()
  expect(await texts()).toEqual([])
  const code = 'comment.not_found'
  expect(await refusal(ownerId, 'comment.delete', commentId, {})).toMatchObject({ code })
  expect(await refusal(ownerId, 'comment.edit', commentId, { text: 'New' })).toMatchObject({ code })
  const recovered = await act(ownerId, 'comment.recover', commentId, {})
  expect(recovered.result.card.comments).toBe(1)
  expect(await texts()).toEqual(['Second'])
  expect((await act(ownerId, 'comment.recover', commentId, {})).events).toEqual([])
})

test('each change of a comment is taken back and forth', async () => {
  const { ownerId, cardId, texts } = await aCardOfTwo()
  const added = await act(ownerId, 'comment.add', cardId, { text: 'First' })
  const unadded = await undo(ownerId, added.commandId)
  expect(await texts()).toEqual([])
  await undo(ownerId, unadded.commandId)
  expect(await texts()).toEqual(['First'])

  const { id } = added.result.comment
  const edited = await act(ownerId, 'comment.edit', id, { text: 'Second' })
  const unedited = await undo(ownerId, edited.commandId)
  expect(await texts()).toEqual(['First'])
  await undo(ownerId, unedited.commandId)
  expect(await texts()).toEqual(['Second'])

  const deleted = await act(ownerId, 'comment.delete', id, {})
  const undeleted = await undo(ownerId, deleted.commandId)
  expect(await texts()).toEqual(['Second'])
  await undo(ownerId, undeleted.commandId)
  expect(await texts()).toEqual([])
  const recovered = await act(ownerId, 'comment.recover', id, {})
  await undo(ownerId, recovered.commandId)
  expect(await texts()).toEqual([])
})

test('an edited comment is not taken back as new, but its last edit is', async () => {
  const { ownerId, cardId, texts } = await aCardOfTwo()
  const added = await act(ownerId, 'comment.add', cardId, { text: 'First' })
  const { id } = added.result.comment
  const edited = await act(ownerId, 'comment.edit', id, { text: 'Second' })
  expect(await undoRefusal(ownerId, added.commandId)).toMatchObject({ code: 'undo.changed_since' })
  await undo(ownerId, edited.commandId)
  await undo(ownerId, added.commandId)
  expect(await texts()).toEqual([])
})

test('nobody changes the comment of another', async () => {
  const { ownerId, memberId, cardId } = await aCardOfTwo()
  const { comment } = (await act(memberId, 'comment.add', cardId, { text: 'Mine' })).result
  const code = 'comment.not_yours'
  expect(await refusal(ownerId, 'comment.edit', comment.id, { text: 'No' })).toMatchObject({ code })
  expect(await refusal(ownerId, 'comment.delete', comment.id, {})).toMatchObject({ code })
  expect(await refusal(ownerId, 'comment.recover', comment.id, {})).toMatchObject({ code })
})

test('comments of a card that is put away stand still', async () => {
  const { ownerId, cardId } = await aCardOfTwo()
  const { comment } = (await act(ownerId, 'comment.add', cardId, { text: 'Mine' })).result
  const all = async () => [
    (await refusal(ownerId, 'comment.add', cardId, { text: 'New' })).code,
    (await refusal(ownerId, 'comment.edit', comment.id, { text: 'New' })).code,
    (await refusal(ownerId, 'comment.delete', comment.id, {})).code,
    (await refusal(ownerId, 'comment.recover', comment.id, {})).code,
  ]
  await act(ownerId, 'card.archive', cardId, {})
  expect(new Set(await all())).toEqual(new Set(['card.archived']))
  await act(ownerId, 'card.delete', cardId, {})
  expect(new Set(await all())).toEqual(new Set(['card.deleted']))
  await act(ownerId, 'card.recover', cardId, {})
  await act(ownerId, 'card.restore', cardId, {})
  const { boardId } = (await act(ownerId, 'comment.edit', comment.id, { text: 'New' })).result
  await act(ownerId, 'board.archive', boardId, {})
  expect(new Set(await all())).toEqual(new Set(['board.archived']))
})

test('a comment that is too much, too odd or too many is refused', async () => {
  const { ownerId, workspaceId, cardId } = await aCardOfTwo()
  const mentions = [newId()]
  const code = 'member.not_found'
  const body = { text: 'You?', mentions }
  expect(await refusal(ownerId, 'comment.add', cardId, body)).toMatchObject({ code })
  const { comment } = (await act(ownerId, 'comment.add', cardId, { text: 'Mine' })).result
  expect(await refusal(ownerId, 'comment.edit', comment.id, body)).toMatchObject({ code })
  const again = { commentId: comment.id, text: 'Again' }
  expect(await refusal(ownerId, 'comment.add', cardId, again)).toMatchObject({
    code: 'request.id_taken',
  })
  await act(ownerId, 'comment.delete', comment.id, {})
  await database()('cards').where({ id: cardId, workspace_id: workspaceId }).update({
    comment_count: 5_000,
  })
  expect(await refusal(ownerId, 'comment.recover', comment.id, {})).toMatchObject({
    code: 'card.comment_limit',
  })
  expect(await refusal(ownerId, 'comment.add', cardId, { text: 'More' })).toMatchObject({
    code: 'card.comment_limit',
  })
})

test('news go to whom a comment mentions, then to whose card it is, never to its author', async () => {
  const { ownerId, memberId, cardId, ...board } = await aCardOfTwo()
  const otherId = await aMember(database(), board, 'member')
  await act(ownerId, 'card.assign', cardId, { userId: otherId })
  const added = await act(ownerId, 'comment.add', cardId, {
    text: 'Look,  @Max\nplease',
    mentions: [memberId, ownerId],
  })
  expect(await news(added.commandId)).toMatchObject([
    { kind: 'mentioned', userIds: [memberId], actorId: ownerId, excerpt: 'Look, @Max please' },
    { kind: 'commented', userIds: [otherId] },
  ])
  const edited = await act(ownerId, 'comment.edit', added.result.comment.id, {
    text: 'Look, both',
    mentions: [memberId, otherId],
  })
  expect(await news(edited.commandId)).toMatchObject([{ kind: 'mentioned', userIds: [otherId] }])
})

test('news of an assignment go to the assignee, but not to oneself', async () => {
  const { ownerId, memberId, cardId, boardId, columns } = await aCardOfTwo()
  const assigned = await act(ownerId, 'card.assign', cardId, { userId: memberId })
  const excerpt = 'Fix login'
  expect(await news(assigned.commandId)).toMatchObject([
    { kind: 'assigned', userIds: [memberId], boardId, cardId, actorId: ownerId, excerpt },
  ])
  const own = await act(ownerId, 'card.assign', cardId, { userId: ownerId })
  expect(await news(own.commandId)).toEqual([])
  const made = await act(ownerId, 'card.create', boardId, {
    columnId: columns['To do']!,
    title: 'Ours',
    assignees: [ownerId, memberId],
  })
  expect(await news(made.commandId)).toMatchObject([{ kind: 'assigned', userIds: [memberId] }])
})

/** What a command left for the inboxes. */
const news = async (commandId: string): Promise<unknown[]> =>
  await database()('outbox')
    .where('effect_key', 'like', `%/${commandId}/%`)
    .where({ topic: 'notify' })
    .orderBy('effect_key')
    .pluck('payload')

test('a comment on words of the text is settled by whoever may comment, opened again, and undone', async () => {
  const { ownerId, memberId, cardId } = await aCardOfTwo()
  const commentId = newId()
  const anchor = { from: { item: 1 }, to: { item: 2 }, quote: 'It fails' }
  const settled = async () => {
    const { comments } = (await cardDetails(database(), ownerId, cardId))!
    return comments.map((comment) => [comment.anchor, comment.resolvedAt !== undefined])
  }
  await act(ownerId, 'comment.add', cardId, { commentId, text: 'Why?', anchor })
  expect(await settled()).toEqual([[anchor, false]])
  const done = await act(memberId, 'comment.resolve', commentId, {})
  expect(done.events).toMatchObject([{ type: 'comment.resolved' }])
  expect(await settled()).toEqual([[anchor, true]])
  expect((await act(memberId, 'comment.resolve', commentId, {})).events).toEqual([])
  await act(ownerId, 'comment.reopen', commentId, {})
  const again = await act(memberId, 'comment.resolve', commentId, {})
  await undo(memberId, again.commandId)
  expect(await settled()).toEqual([[anchor, false]])
})
