import knex from 'knex'
import { readSecretFiles } from '#core/platform/secret-files.ts'
import { LOGIN_SETTINGS, makeLogins } from './logins.ts'
import { source } from './source.ts'

const USAGE = `usage: node migrations/migrate.ts up | down | status
DATABASE_URL names the database and its owner. \`up\` also makes the logins of the processes:
API_DATABASE_URL, ACTIONS_DATABASE_URL, WORKER_DATABASE_URL and COLLAB_DATABASE_URL.
Each can be a file, by its name with _FILE behind it.`

/** Brings the schema up, takes the newest migration back, or says where it stands. */
export async function migrate(direction: string, databaseUrl: string): Promise<string> {
  const database = knex({ client: 'pg', connection: databaseUrl, pool: { min: 0, max: 1 } })
  const settings = { migrationSource: source, tableName: 'schema_migrations' }
  try {
    if (direction === 'up') {
      const [, done] = await database.migrate.latest(settings)
      const logins = await makeLogins(database, readSecretFiles(process.env, LOGIN_SETTINGS))
      const schema = done.length ? `Applied ${done.join(', ')}.` : 'The schema is up to date.'
      return logins.length ? `${schema}\nLogins: ${logins.join(', ')}.` : schema
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
