import { readdir, readFile } from 'node:fs/promises'
import type { Knex } from 'knex'

const UP = '.up.sql'
const FOLDER = import.meta.dirname

/** The names of all migrations, oldest first: `20261121000100_auth_users`. */
export async function migrationNames(): Promise<string[]> {
  const files = await readdir(FOLDER)
  return files
    .filter((file) => file.endsWith(UP))
    .map((file) => file.slice(0, -UP.length))
    .sort()
}

const sql = (name: string, direction: 'up' | 'down') =>
  readFile(`${FOLDER}/${name}.${direction}.sql`, 'utf8')

/** Who waits for a lock has everybody else wait behind him, so a migration gives up soon. */
const LOCK_LIMIT_MS = 3_000
const STATEMENT_LIMIT_MS = 300_000

const LIMITS = `
  set local lock_timeout = ${LOCK_LIMIT_MS};
  set local statement_timeout = ${STATEMENT_LIMIT_MS};`

/** Lets Knex run the pairs of SQL files in this folder, each in a transaction of its own. */
export const source: Knex.MigrationSource<string> = {
  getMigrations: () => migrationNames(),
  getMigrationName: (name) => name,
  getMigration: async (name) => ({
    up: async (knex) => knex.raw(LIMITS + (await sql(name, 'up'))),
    down: async (knex) => knex.raw(LIMITS + (await sql(name, 'down'))),
  }),
}
