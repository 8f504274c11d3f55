import knex, { type Knex } from 'knex'
import { beforeAll, expect, test } from 'vitest'
import { aRowInEachTable } from '#tests/support/a-row-in-each-table.ts'
import { emptyDatabase } from '#tests/support/database.ts'
import { schemaOf, tablesOf } from '#tests/support/schema.ts'
import { migrationNames, source } from './source.ts'

const SETTINGS = { migrationSource: source, tableName: 'schema_migrations' }

const names = await migrationNames()

let database: Knex
/** The schema after none, one, two ... of the migrations. */
const schemas: string[][] = []

beforeAll(async () => {
  const { url, drop } = await emptyDatabase()
  database = knex({ client: 'pg', connection: url, pool: { min: 0, max: 1 } })
  schemas.push(await schemaOf(database))
  for (let done = 0; done < names.length; done += 1) {
    await database.migrate.up(SETTINGS)
    schemas.push(await schemaOf(database))
  }
  await aRowInEachTable(database)
  return async () => {
    await database.destroy()
    await drop()
  }
})

test('the fixtures leave no table empty', async () => {
  const rows = await rowsByTable()
  expect(Object.entries(rows).filter(([, count]) => count === 0)).toEqual([])
})

// From the newest to the oldest, each with the rows of those before it in place.
test.each(names.map((name, index) => [name, index] as const).reverse())(
  '%s goes down and up again, and leaves what was there before it as it was',
  async (_, index) => {
    const before = await rowsByTable()
    await database.migrate.down(SETTINGS)
    expect(await schemaOf(database)).toEqual(schemas[index])
    const kept = await rowsByTable()
    expect(before).toMatchObject(kept)

    await database.migrate.up(SETTINGS)
    expect(await schemaOf(database)).toEqual(schemas[index + 1])
    expect(await rowsByTable()).toMatchObject(kept)
    await database.migrate.down(SETTINGS)
  },
)

test('nothing is left when all are taken back', async () => {
  expect(await tablesOf(database)).toEqual([])
})

async function rowsByTable(): Promise<Record<string, number>> {
  const tables = await tablesOf(database)
  const counts = tables.map(async (table) => {
    const row = await database(table).count('* as count').first()
    return [table, Number(row!['count'])] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}
