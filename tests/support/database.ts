import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import pg from 'pg'
import { inject } from 'vitest'

const TEMPLATE = 'template_of_tests'
const MIGRATION_LIMIT_MS = 60_000

/** Whom a process logs in as; see migrations/logins.ts. */
export type LoginName = 'api' | 'actions' | 'worker' | 'collab'

export type FreshDatabase = {
  /** As the owner, past all row security. */
  url: string
  /** As one of the processes. */
  urlOf: (login: LoginName) => string
  drop: () => Promise<void>
}

const PASSWORD = 'only-for-tests-and-therefore-no-secret'

/**
 * A migrated, empty database of one's own, made from a template. Return `drop` from `beforeAll`:
 * it sends away whoever is still connected.
 */
export async function freshDatabase(server = inject('postgresUrl')): Promise<FreshDatabase> {
  return await databaseFrom(TEMPLATE, server)
}

/** The same without any table, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<FreshDatabase> {
  return await databaseFrom('template0', inject('postgresUrl'))
}

async function databaseFrom(template: string, server: string): Promise<FreshDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await execute(server, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`)
  const url = withDatabase(server, name)
  return {
    url,
    urlOf: (login) => urlAs(url, login),
    drop: () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

/** Runs all migrations once; every fresh database is a copy of what they made. */
export async function makeTemplate(server: string): Promise<void> {
  await execute(server, `CREATE DATABASE ${TEMPLATE}`)
  await promisify(execFile)(process.execPath, ['migrations/migrate.ts', 'up'], {
    env: { ...process.env, ...addressesOf(withDatabase(server, TEMPLATE)) },
    timeout: MIGRATION_LIMIT_MS,
  })
}

async function execute(server: string, sql: string): Promise<void> {
  const client = new pg.Client(withDatabase(server, 'postgres'))
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = name
  return url.href
}

/** How the processes of a test reach a database, as settings. */
export const addressesOf = (url: string) => ({
  DATABASE_URL: url,
  API_DATABASE_URL: urlAs(url, 'api'),
  ACTIONS_DATABASE_URL: urlAs(url, 'actions'),
  WORKER_DATABASE_URL: urlAs(url, 'worker'),
  COLLAB_DATABASE_URL: urlAs(url, 'collab'),
})

/** The logins are those of the template, for all databases of the server. */
function urlAs(owner: string, login: LoginName): string {
  const url = new URL(owner)
  url.username = `test_${login}`
  url.password = `${login}-${PASSWORD}`
  return url.href
}
