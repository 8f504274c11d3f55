import { expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { aBoard, aCard, type SomeBoard } from '#tests/support/fixtures.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { countCards } from './count-cards.ts'

const database = useDatabase()

async function counted({ workspaceId, boardId }: SomeBoard): Promise<number> {
  const due = { id: newId(), workspaceId, effectKey: newId(), payload: { boardId } }
  await database().transaction((trx) => countCards(trx, due))
  const row = await database()('board_counters').where({ board_id: boardId }).first('open_cards')
  return row.open_cards
}

test('a board counts the cards it shows', async () => {
  const board = await aBoard(database(), { columns: ['To do', 'Old'] })
  expect(await counted(board)).toBe(0)
  await aCard(database(), board)
  await aCard(database(), board, { column: 'Old' })
  await aCard(database(), board, { row: { archived_at: new Date() } })
  await aCard(database(), board, { row: { deleted_at: new Date() } })
  expect(await counted(board)).toBe(2)

  await database()('columns')
    .where({ id: board.columns['Old'] })
    .update({ archived_at: new Date() })
  expect(await counted(board)).toBe(1)
})
