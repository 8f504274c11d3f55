import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import pg from 'pg'
import { inject } from 'vitest'

const TEMPLATE = 'template_of_tests'
const MIGRATION_LIMIT_MS = 60_000

export type FreshDatabase = { url: string; drop: () => Promise<void> }

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
  return {
    url: withDatabase(server, name),
    drop: () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}

/** Runs all migrations once; every fresh database is a copy of what they made. */
export async function makeTemplate(server: string): Promise<void> {
  await execute(server, `CREATE DATABASE ${TEMPLATE}`)
  await promisify(execFile)(process.execPath, ['migrations/migrate.ts', 'up'], {
    env: { ...process.env, DATABASE_URL: withDatabase(server, TEMPLATE) },
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
