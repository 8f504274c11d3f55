import knex from 'knex'
import { readSecretFiles } from '#core/platform/secret-files.ts'
import { source } from './source.ts'

const USAGE =
  'usage: node migrations/migrate.ts up | down | status   (DATABASE_URL or DATABASE_URL_FILE names the database)'

/** Brings the schema up, takes the newest migration back, or says where it stands. */
export async function migrate(direction: string, databaseUrl: string): Promise<string> {
  const database = knex({ client: 'pg', connection: databaseUrl, pool: { min: 0, max: 1 } })
  const settings = { migrationSource: source, tableName: 'schema_migrations' }
  try {
    if (direction === 'up') {
      const [, done] = await database.migrate.latest(settings)
      return done.length ? `Applied ${done.join(', ')}.` : 'The schema is up to date.'
    }
    if (direction === 'down') {
      const [, undone] = await database.migrate.down(settings)
      return undone.length ? `Took back ${undone.join(', ')}.` : 'There is nothing to take back.'
    }
    if (direction === 'status') {
      const [done, waiting] = await database.migrate.list(settings)
      return `${done.length} applied, ${waiting.length} waiting.`
    }
    throw new Error(USAGE)
  } finally {
    await database.destroy()
  }
}

if (import.meta.main) {
  const { DATABASE_URL: url } = readSecretFiles(process.env, ['DATABASE_URL'])
  if (!url) throw new Error(USAGE)
  console.log(await migrate(process.argv[2] ?? '', url))
}
