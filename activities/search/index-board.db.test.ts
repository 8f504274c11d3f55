import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { aBoard, aCard, manyCards } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { indexSource } from './index-source.ts'

const database = useDatabase()

const index = async (workspaceId: string, boardId: string) =>
  await database().transaction((trx) =>
    indexSource(trx, { id: newId(), workspaceId, effectKey: newId(), payload: { boardId } }),
  )

test('all cards of a copied board can be found, however many they are', async () => {
  const board = await aBoard(database())
  const cardId = await aCard(database(), board, { title: 'First', description: 'Long text' })
  await manyCards(database(), board, 450)
  await aCard(database(), await aBoard(database(), { within: board, name: 'Other' }))
  await index(board.workspaceId, board.boardId)
  const entries = await database()('search_entries').where({ workspace_id: board.workspaceId })
  expect(entries).toHaveLength(452)
  expect(entries.filter(({ card_id }) => card_id === cardId)).toMatchObject([
    { source_id: cardId, source: 'title', body: 'First' },
    { source_id: cardId, source: 'description', body: 'Long text' },
  ])
})

test('what was indexed since is left as it is', async () => {
  const board = await aBoard(database())
  const cardId = await aCard(database(), board, { title: 'Old' })
  const home = { workspace_id: board.workspaceId, card_id: cardId }
  const newer = { ...home, source_id: cardId, source: 'title', body: 'New' }
  await database()('search_entries').insert(newer)
  await index(board.workspaceId, board.boardId)
  const entries = await database()('search_entries').where(home).pluck('body')
  expect(entries).toEqual(['New'])
})
