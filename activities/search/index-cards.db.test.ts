import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { useActions } from '#tests/support/actions.ts'
import { aBoard, aCard, manyCards } from '#tests/support/fixtures.ts'
import { indexSource } from './index-source.ts'

const { database, act } = useActions()

const index = async (workspaceId: string, cardIds: readonly string[]) =>
  await database().transaction((trx) =>
    indexSource(trx, { id: newId(), workspaceId, effectKey: newId(), payload: { cardIds } }),
  )

test('all cards that were copied together can be found', async () => {
  const board = await aBoard(database())
  const cardId = await aCard(database(), board, { title: 'First', description: 'Long text' })
  const many = await manyCards(database(), board, 150)
  await aCard(database(), board)
  await index(board.workspaceId, [cardId, ...many, newId()])
  const entries = await database()('search_entries').where({ workspace_id: board.workspaceId })
  expect(entries).toHaveLength(152)
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
  await index(board.workspaceId, [cardId])
  const entries = await database()('search_entries').where(home).pluck('body')
  expect(entries).toEqual(['New'])
})

test('while a part of a large copy is indexed, people work on the rest of it', async () => {
  const board = await aBoard(database())
  await manyCards(database(), board, 450)
  const copied = await act(board.ownerId, 'board.duplicate', board.boardId, { name: 'Copy' })
  const asked = await database()('outbox')
    .where({ topic: 'search' })
    .where('effect_key', 'like', `%/${copied.commandId}/%`)
  const parts: string[][] = asked.map(({ payload }) => payload.cardIds)
  expect(new Set(parts.flat()).size).toBe(450)

  const indexing = await database().transaction()
  await indexSource(indexing, { ...asked[0], workspaceId: board.workspaceId })
  for (const [id] of parts.slice(1)) await act(board.ownerId, 'card.archive', id!, {})
  await indexing.commit()
  expect(parts.slice(1).length).toBeGreaterThan(0)
})
