import { randomUUID } from 'node:crypto'
import knex, { type Knex } from 'knex'
import { beforeAll, expect, test } from 'vitest'
import { emptyDatabase } from '#tests/support/database.ts'
import { aBoard, aCard } from '#tests/support/fixtures.ts'
import { source } from './source.ts'

const SETTINGS = { migrationSource: source, tableName: 'schema_migrations' }
const NAME = '20261125000100_kanban_item_places'

let database: Knex

beforeAll(async () => {
  const { url, drop } = await emptyDatabase()
  database = knex({ client: 'pg', connection: url, pool: { min: 0, max: 1 } })
  return async () => {
    await database.destroy()
    await drop()
  }
})

test('items that had come to one place each get their own, in the order they stood in', async () => {
  await database.migrate.latest(SETTINGS)
  await database.migrate.down({ ...SETTINGS, name: NAME })
  const board = await aBoard(database)
  const items = async (...ranks: string[]) => {
    const home = { workspace_id: board.workspaceId, card_id: await aCard(database, board) }
    const rows = ranks.map((rank) => ({ ...home, id: randomUUID(), body: rank, rank }))
    await database('checklist_items').insert(rows)
    return database('checklist_items').where(home).orderBy('rank')
  }
  const [shared, apart] = [await items('001', '002', '002', '0021'), await items('001', '002')]

  await database.migrate.up({ ...SETTINGS, name: NAME })

  const now = async (rows: readonly { card_id: string }[]) =>
    await database('checklist_items').where({ card_id: rows[0]!.card_id }).orderBy('rank')
  const mended = await now(shared)
  expect(mended.map(({ body }) => body)).toEqual(['001', '002', '002', '0021'])
  expect(new Set(mended.map(({ rank }) => rank)).size).toBe(4)
  expect(await now(apart)).toEqual(apart)
})
