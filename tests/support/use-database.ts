import type { Knex } from 'knex'
import { afterAll, beforeAll } from 'vitest'
import { openDatabase } from '#core/platform/database.ts'
import { freshDatabase } from './database.ts'

const CONNECTIONS_MAX = 5
const STATEMENT_LIMIT_MS = 3_000

/** Gives the tests of a file one fresh database, and takes it away after the last. */
export function useDatabase(): () => Knex {
  let database: Knex
  let drop: () => Promise<void>
  beforeAll(async () => {
    const fresh = await freshDatabase()
    drop = fresh.drop
    database = openDatabase({
      url: fresh.url,
      name: 'test',
      connectionsMax: CONNECTIONS_MAX,
      statementLimitMs: STATEMENT_LIMIT_MS,
    })
  })
  afterAll(async () => {
    await database.destroy()
    await drop()
  })
  return () => database
}
