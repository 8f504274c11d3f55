import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { aBoard, aCard } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { indexSource } from './index-source.ts'

const database = useDatabase()

async function index(payload: object): Promise<void> {
  const due = { id: newId(), workspaceId: newId(), effectKey: newId(), payload }
  await database().transaction((trx) => indexSource(trx, due))
}

const entries = async (sourceId: string) =>
  await database()('search_entries')
    .where({ source_id: sourceId })
    .orderBy('source')
    .select('source', 'body', 'card_id')

test("a card's title and description are found as they now read", async () => {
  const board = await aBoard(database())
  const cardId = await aCard(database(), board, { title: 'Fix login', description: 'It loops' })
  await index({ cardId })
  await database()('cards').where({ id: cardId }).update({ title: 'Mend login', description: '' })
  await index({ cardId })
  expect(await entries(cardId)).toEqual([{ source: 'title', body: 'Mend login', card_id: cardId }])
})

test('a comment is found until it is deleted', async () => {
  const board = await aBoard(database())
  const cardId = await aCard(database(), board)
  const commentId = newId()
  await database()('comments').insert({
    id: commentId,
    workspace_id: board.workspaceId,
    card_id: cardId,
    author_id: board.ownerId,
    body: 'Seen on staging',
  })
  await index({ commentId })
  expect(await entries(commentId)).toEqual([
    { source: 'comment', body: 'Seen on staging', card_id: cardId },
  ])
  await database()('comments').where({ id: commentId }).update({ deleted_at: new Date() })
  await index({ commentId })
  expect(await entries(commentId)).toEqual([])
})

test('a comment that bears the id of a card takes nothing of that card out of search', async () => {
  const cardId = await aCard(database(), await aBoard(database()), { title: 'Fix login' })
  const elsewhere = await aBoard(database())
  const home = { workspace_id: elsewhere.workspaceId, card_id: await aCard(database(), elsewhere) }
  await index({ cardId })
  const comment = { ...home, id: cardId, author_id: elsewhere.ownerId, body: 'Seen on staging' }
  await database()('comments').insert(comment)
  await index({ commentId: cardId })
  const both = [{ source: 'comment' }, { source: 'title' }]
  expect(await entries(cardId)).toMatchObject(both)

  await index({ cardId })
  expect(await entries(cardId)).toMatchObject(both)
  await database()('comments').where({ id: cardId }).update({ deleted_at: new Date() })
  await index({ commentId: cardId })
  expect(await entries(cardId)).toMatchObject([{ source: 'title', body: 'Fix login' }])
})

test('who began first does not overwrite what was read later', async () => {
  const board = await aBoard(database())
  const cardId = await aCard(database(), board, { title: 'Old' })
  const due = {
    id: newId(),
    workspaceId: board.workspaceId,
    effectKey: newId(),
    payload: { cardId },
  }
  const first = await database().transaction()
  await indexSource(first, due)
  await database()('cards').where({ id: cardId }).update({ title: 'New' })
  const second = index({ cardId })
  await first.commit()
  await second
  expect((await entries(cardId))[0]).toMatchObject({ body: 'New' })
})

test('what is gone for good is no longer found', async () => {
  await index({ cardId: newId() })
  await index({ commentId: newId() })
})
