import type { Knex } from 'knex'
import { migrationNames } from './source.ts'

const HOW = 'Run: node migrations/migrate.ts up'

/**
 * What is wrong with the schema of a database, in a sentence; null when it is the one this code was
 * written for. A migration we do not know counts as wrong: what it changed, we cannot know.
 */
export async function schemaProblem(database: Knex): Promise<string | null> {
  const wanted = await migrationNames()
  const applied = await appliedNames(database)
  const missing = wanted.filter((name) => !applied.includes(name))
  if (missing.length > 0) return `The database lacks ${missing.join(', ')}. ${HOW}`
  const unknown = applied.filter((name) => !wanted.includes(name))
  if (unknown.length > 0) return `The database has ${unknown.join(', ')}, which this version lacks.`
  return null
}

/** Ends the process, which then has said what to run, when its code does not know the schema. */
export async function refuseUnknownSchema(
  database: Knex,
  log: { fatal(message: string): void },
): Promise<void> {
  const problem = await schemaProblem(database)
  if (!problem) return
  log.fatal(problem)
  process.exit(1)
}

async function appliedNames(database: Knex): Promise<string[]> {
  const table = await database.raw<{ rows: { known: boolean }[] }>(
    "select to_regclass('schema_migrations') is not null as known",
  )
  if (!table.rows[0]?.known) return []
  const { rows } = await database.raw<{ rows: { name: string }[] }>(
    'select name from schema_migrations',
  )
  return rows.map(({ name }) => name)
}
