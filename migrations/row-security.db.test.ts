import { createHmac } from 'node:crypto'
import type { Knex } from 'knex'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { actAsSql, type Identity } from '#core/platform/acting-as.ts'
import { contextKey } from '#core/platform/context-key.ts'
import { openDatabase } from '#core/platform/database.ts'
import { aRowInEachTable } from '#tests/support/a-row-in-each-table.ts'
import { freshDatabase, type LoginName } from '#tests/support/database.ts'
import type { SomeWorkspace } from '#tests/support/fixtures.ts'
import { tenantTables, unprotectedTables, type TenantTable } from '#tests/support/tenant-tables.ts'

// Everything here is made from the catalogs: a table that is added tomorrow is in it.
const LOGINS = ['api', 'actions', 'worker', 'collab'] as const satisfies LoginName[]
const TABLES = await (async () => {
  const { url, drop } = await freshDatabase()
  const database = openDatabase({ url, name: 'test', connectionsMax: 1, statementLimitMs: 3_000 })
  const tables = await tenantTables(database)
  await database.destroy()
  await drop()
  return tables
})()

const NO_RIGHT = '42501'

let owner: Knex
let pools: Record<LoginName, Knex>
let urlOf: (login: LoginName) => string
/** Whose rows are tried for, and who tries. */
let theirs: SomeWorkspace
let own: SomeWorkspace

beforeAll(async () => {
  const fresh = await freshDatabase()
  const limits = { name: 'test', connectionsMax: 2, statementLimitMs: 3_000 }
  const open = (login: LoginName) => openDatabase({ ...limits, url: fresh.urlOf(login) })
  owner = openDatabase({ ...limits, url: fresh.url })
  urlOf = fresh.urlOf
  pools = {
    api: open('api'),
    actions: open('actions'),
    worker: open('worker'),
    collab: open('collab'),
  }
  theirs = await aRowInEachTable(owner)
  own = await aRowInEachTable(owner)
  return async () => {
    await Promise.all([owner, ...Object.values(pools)].map((pool) => pool.destroy()))
    await fresh.drop()
  }
})

/** The statement that sets a context by hand, as somebody would who has got SQL into a process. */
const setting = (context: string) => `set local app.ctx = '${context}'`

function signedBy(login: LoginName, text: string): string {
  const mac = createHmac('sha256', contextKey(urlOf(login)))
  return `${text}|${mac.update(text).digest('hex')}`
}

const CONTEXTS: Readonly<Record<string, (login: LoginName) => string>> = {
  none: () => 'select 1',
  empty: () => setting(''),
  forged: () => setting(`${theirs.ownerId}||${Date.now() + 60_000}|${'0'.repeat(64)}`),
  garbled: () => setting('|||||'),
  stale: (login) => setting(signedBy(login, `${theirs.ownerId}||${Date.now() - 1_000}`)),
  'of another login': (login) =>
    setting(
      signedBy(login === 'api' ? 'actions' : 'api', `${theirs.ownerId}||${Date.now() + 60_000}`),
    ),
  'of a stranger': (login) => actAsSql(pools[login], { userId: newId() }),
  'of another workspace': (login) => actAsSql(pools[login], { userId: own.ownerId }),
  'of another workspace itself': (login) =>
    actAsSql(pools[login], { workspaceId: own.workspaceId }),
  'of a member in another workspace': (login) =>
    actAsSql(pools[login], { userId: theirs.ownerId, workspaceId: own.workspaceId }),
}

/** Runs one statement under a context and takes it back; how many rows it met, or the code. */
async function tried(login: LoginName, context: string, sql: string, bindings: object = {}) {
  const trx = await pools[login].transaction()
  try {
    await trx.raw(context)
    const { rowCount } = await trx.raw(sql, bindings as Knex.ValueDict)
    return rowCount as number
  } catch (error) {
    return (error as { code?: string }).code
  } finally {
    await trx.rollback()
  }
}

/** The statements that would reach into the workspace :theirs, by what they do. */
function reaches({ name, home, columns }: TenantTable): Record<string, string> {
  const list = columns.map((column) => `"${column}"`).join()
  const copy = `insert into ${name} (${list})
    select ${list} from jsonb_populate_record(null::${name}, :row)`
  const set = `"${home}" = "${home}"`
  return {
    select: `select from ${name} where "${home}" = :theirs`,
    count: `select 1 from (select count(*) as n from ${name} where "${home}" = :theirs) as c where n > 0`,
    insert: copy,
    upsert: `${copy} on conflict do nothing`,
    update: `update ${name} set ${set} where "${home}" = :theirs`,
    'move in': `update ${name} set "${home}" = :theirs where "${home}" <> :theirs`,
    delete: `delete from ${name} where "${home}" = :theirs`,
    returning: `delete from ${name} where "${home}" = :theirs returning *`,
  }
}

const aRowOf = async ({ name, home }: TenantTable, { workspaceId }: SomeWorkspace) =>
  (
    await owner.raw(`select to_jsonb(t) as row from ${name} t where "${home}" = ? limit 1`, [
      workspaceId,
    ])
  ).rows[0].row as object

describe.each(TABLES)('ASVS line 32: $name', (table) => {
  test.each(LOGINS)(
    'shows and gives %s nothing of a workspace it does not act for',
    async (login) => {
      const row = JSON.stringify(await aRowOf(table, theirs))
      const got: string[] = []
      for (const [context, sqlOf] of Object.entries(CONTEXTS)) {
        for (const [verb, sql] of Object.entries(reaches(table))) {
          const bindings = { theirs: theirs.workspaceId, row }
          const met = await tried(login, sqlOf(login), sql, bindings)
          if (met !== 0 && met !== NO_RIGHT) got.push(`${context}, ${verb}: ${met}`)
        }
      }
      expect(got).toEqual([])
    },
  )

  test('opens to somebody, where it is read at all', async () => {
    const sql = `select from ${table.name} where "${table.home}" = :theirs`
    const who: Identity = { userId: theirs.ownerId }
    const met = await Promise.all(
      LOGINS.map((login) =>
        tried(login, actAsSql(pools[login], who), sql, { theirs: theirs.workspaceId }),
      ),
    )
    const read = met.filter((each) => each !== NO_RIGHT)
    expect(read.length).toBeGreaterThan(0)
    expect(read.every((rows) => Number(rows) > 0)).toBe(true)
  })
})

test('ASVS line 32: a table that is added without policies is named', async () => {
  expect(await unprotectedTables(owner)).toEqual([])
  await owner.raw('create table bare (id uuid primary key, workspace_id uuid not null)')
  expect(await unprotectedTables(owner)).toEqual([
    'bare: no row security, not forced, no policy to select, insert, update, delete',
  ])
  await owner.raw(`drop table bare`)
})

test('nobody reads the keys the contexts are signed with', async () => {
  const sql = 'select from app.context_keys'
  expect(await Promise.all(LOGINS.map((login) => tried(login, 'select 1', sql)))).toEqual(
    LOGINS.map(() => NO_RIGHT),
  )
})

test('ASVS line 45: only the logins that keep house may act for it', async () => {
  const sql = 'select from workspaces'
  const met = LOGINS.map((login) =>
    tried(login, setting(signedBy(login, `*||${Date.now() + 60_000}`)), sql),
  )
  expect(await Promise.all(met)).toEqual([NO_RIGHT, NO_RIGHT, 2, 2])
})

test('a viewer reads, and changes nothing', async () => {
  const userId = newId()
  const where = { workspace_id: theirs.workspaceId }
  await owner('users').insert({ id: userId, email: userId, name: 'V', hue: 1, password_hash: '-' })
  await owner('workspace_members').insert({ ...where, user_id: userId, role: 'viewer' })
  const change = 'update cards set title = title'

  expect(await tried('api', actAsSql(pools.api, { userId }), 'select from cards')).toBe(1)
  expect(await tried('actions', actAsSql(pools.actions, { userId }), change)).toBe(0)
})

test('the API reads the answers and the inbox of nobody but the caller', async () => {
  const userId = newId()
  const where = { workspace_id: theirs.workspaceId }
  await owner('users').insert({ id: userId, email: userId, name: 'A', hue: 1, password_hash: '-' })
  await owner('workspace_members').insert({ ...where, user_id: userId, role: 'admin' })
  const context = actAsSql(pools.api, { userId })

  expect(await tried('api', context, 'select from outcomes')).toBe(0)
  expect(await tried('api', context, 'select from notifications')).toBe(0)
  expect(await tried('api', context, 'update notifications set read_at = now()')).toBe(0)
  const line = 'insert into audit_log select * from jsonb_populate_record(null::audit_log, :row)'
  const row = {
    ...(await aRowOf(
      TABLES.find(({ name }) => name === 'audit_log')!,
      theirs,
    )),
  }
  const made = JSON.stringify({ ...row, id: newId() })
  expect(await tried('api', context, line, { row: made })).toBe(NO_RIGHT)
})

test('what is set for one transaction is gone in the next on its connection', async () => {
  const one = openDatabase({
    url: urlOf('api'),
    name: 'test',
    connectionsMax: 1,
    statementLimitMs: 3_000,
  })
  await one.transaction(async (trx) => {
    await trx.raw(actAsSql(trx, { userId: theirs.ownerId }))
    expect((await trx.raw('select from cards')).rowCount).toBe(1)
  })
  expect((await one.raw('select from cards')).rowCount).toBe(0)
  await one.destroy()
})
