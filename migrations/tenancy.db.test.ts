import knex, { type Knex } from 'knex'
import { beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '#tests/support/database.ts'
import { tablesOf } from '#tests/support/schema.ts'
import { owners } from './owners.ts'

/** Tables that belong to no workspace, each with the reason. */
const OUTSIDE: Readonly<Record<string, string>> = {
  sealing_keys: 'keys are of the installation',
  users: 'a person can be a member of several workspaces, or of none',
  api_tokens: 'a program acts as a person, wherever they belong',
  operators: 'they run the installation, not a workspace',
  sessions: 'a browser is signed in as a person, not to a workspace',
  user_totp: 'a person signs in, not a member',
  recovery_codes: 'they are of a person, as the code they stand for',
  user_identities: 'a person is known elsewhere, not a member',
  password_resets: 'a person has a password, not a member',
  email_changes: 'a person has an address, not a member',
  notification_settings: 'a person is told of news, wherever they belong',
  sign_ups: 'who signs up belongs nowhere yet',
  workspaces: 'it is the workspace',
  audit_seals: 'one chain of seals holds the lines of all',
  audit_checkpoints: 'a seal as it was given out',
  audit_archived_lines: 'what a sink keeps, by name',
  audit_archives: 'seals of all, moved together',
  process_settings: 'processes serve all workspaces',
}

/** Tables with rows of workspaces and rows of none, each with the reason. */
const ALSO_OF_NONE: Readonly<Record<string, string>> = {
  audit_log: 'signing in and running the installation is in no workspace',
  audit_leaves: 'they are of the lines',
}

interface Reference {
  readonly name: string
  readonly source: string
  readonly target: string
  readonly from: readonly string[]
  readonly to: readonly string[]
}

let database: Knex
let tables: readonly string[]

beforeAll(async () => {
  const { url, drop } = await freshDatabase()
  database = knex({ client: 'pg', connection: url, pool: { min: 0, max: 1 } })
  tables = await tablesOf(database)
  return async () => {
    await database.destroy()
    await drop()
  }
})

test('every table has exactly one owner', () => {
  expect(Object.values(owners).flat().sort()).toEqual(tables)
})

test('every table carries its workspace, but for those that stand outside', async () => {
  const { rows } = await database.raw<{ rows: { name: string }[] }>(
    `select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
     where attname = 'workspace_id' and attnotnull and atttypid = 'uuid'::regtype
       and relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  const inside = new Set(rows.map(({ name }) => name))
  const others = { ...OUTSIDE, ...ALSO_OF_NONE }
  expect(tables.filter((table) => !inside.has(table))).toEqual(Object.keys(others).sort())
})

test('no row can point into another workspace', async () => {
  const references = await allReferences()
  const loose = references.filter(({ target, from, to }) => {
    if (target in OUTSIDE) return false
    return from[0] !== 'workspace_id' || to[0] !== 'workspace_id'
  })
  expect(loose).toEqual([])
})

test('every table reaches its workspace by a foreign key', async () => {
  const references = await allReferences()
  const bound = new Set(
    references.filter(({ from }) => from[0] === 'workspace_id').map(({ source }) => source),
  )
  expect(tables.filter((table) => !bound.has(table) && !(table in OUTSIDE))).toEqual([])
})

async function allReferences(): Promise<Reference[]> {
  const columns = (table: string, numbers: string) =>
    `(select array_agg(attname::text order by place) from unnest(${numbers})
      with ordinality as number (attnum, place) join pg_attribute using (attnum)
      where attrelid = ${table})`
  const { rows } = await database.raw<{ rows: Reference[] }>(
    `select conname as name, conrelid::regclass::text as source,
       confrelid::regclass::text as target,
       ${columns('conrelid', 'conkey')} as "from", ${columns('confrelid', 'confkey')} as "to"
     from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  )
  return rows
}
