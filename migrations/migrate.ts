import knex from 'knex'
import { readSecretFiles } from '#core/platform/secret-files.ts'
import { LOGIN_SETTINGS, makeLogins } from './logins.ts'
import { source } from './source.ts'

const USAGE = `usage: node migrations/migrate.ts up | down | status
DATABASE_URL names the database and its owner. \`up\` also makes the logins of the processes:
API_DATABASE_URL, ACTIONS_DATABASE_URL, WORKER_DATABASE_URL and COLLAB_DATABASE_URL.
Each can be a file: DATABASE_URL_FILE and so on.`

type Addresses = { DATABASE_URL: string } & Readonly<Record<string, string | undefined>>

/** Brings the schema up, takes the newest migration back, or says where it stands. */
export async function migrate(
  direction: string,
  { DATABASE_URL: databaseUrl, ...logins }: Addresses,
): Promise<string> {
  const database = knex({ client: 'pg', connection: databaseUrl, pool: { min: 0, max: 1 } })
  const settings = { migrationSource: source, tableName: 'schema_migrations' }
  try {
    if (direction === 'up') {
      const [, done] = await database.migrate.latest(settings)
      const made = await makeLogins(database, logins)
      const schema = done.length ? `Applied ${done.join(', ')}.` : 'The schema is up to date.'
      return made.length ? `${schema}\nLogins: ${made.join(', ')}.` : schema
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
  const addresses = readSecretFiles(process.env, ['DATABASE_URL', ...LOGIN_SETTINGS])
  if (!addresses['DATABASE_URL']) throw new Error(USAGE)
  console.log(await migrate(process.argv[2] ?? '', addresses as Addresses))
}
