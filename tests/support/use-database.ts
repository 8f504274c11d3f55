import type { Knex } from 'knex'
import { afterAll, beforeAll } from 'vitest'
import { openDatabase } from '#core/platform/database.ts'
import { freshDatabase, type FreshDatabase, type LoginName } from './database.ts'

const CONNECTIONS_MAX = 5
const STATEMENT_LIMIT_MS = 3_000

/**
 * Gives the tests of a file one fresh database, and takes it away after the last: past all row
 * security, or as the process with a login sees it.
 */
export function useDatabase(): (login?: LoginName) => Knex {
  const pools = new Map<string, Knex>()
  let fresh: FreshDatabase
  beforeAll(async () => {
    fresh = await freshDatabase()
  })
  afterAll(async () => {
    await Promise.all(Array.from(pools.values(), (pool) => pool.destroy()))
    await fresh.drop()
  })
  return (login) => {
    const url = login ? fresh.urlOf(login) : fresh.url
    const pool = pools.get(url) ?? open(url)
    pools.set(url, pool)
    return pool
  }
}

const open = (url: string) =>
  openDatabase({
    url,
    name: 'test',
    connectionsMax: CONNECTIONS_MAX,
    statementLimitMs: STATEMENT_LIMIT_MS,
  })
