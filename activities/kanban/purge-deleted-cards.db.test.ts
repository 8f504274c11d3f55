import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { aBoard, aCard } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { purgeDeletedCards } from './purge-deleted-cards.ts'

const database = useDatabase()
const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3_600 * 1_000)

test('a card deleted more than 30 days ago is gone, with all that hung on it', async () => {
  const board = await aBoard(database())
  const deleted = (days: number) => aCard(database(), board, { row: { deleted_at: daysAgo(days) } })
  const [long, short, live] = [await deleted(31), await deleted(29), await aCard(database(), board)]
  const owned = { workspace_id: board.workspaceId, card_id: long }
  await database()('card_assignees').insert({ ...owned, user_id: board.ownerId })
  await database()('comments').insert({
    ...owned,
    id: newId(),
    author_id: board.ownerId,
    body: 'gone',
  })

  expect(await purgeDeletedCards(database('worker'))).toBe(1)
  expect(new Set(await database()('cards').pluck('id'))).toEqual(new Set([short, live]))
  expect(await database()('comments')).toEqual([])
})

test('a card somebody is bringing back this moment is left alone', async () => {
  const board = await aBoard(database())
  const cardId = await aCard(database(), board, { row: { deleted_at: daysAgo(31) } })
  await database().transaction(async (trx) => {
    await trx('cards').where({ id: cardId }).forNoKeyUpdate()
    expect(await purgeDeletedCards(database('worker'))).toBe(0)
  })
  expect(await purgeDeletedCards(database('worker'))).toBe(1)
})
