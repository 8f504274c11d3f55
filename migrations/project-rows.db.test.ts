import type { Knex } from 'knex'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { standingIn, type Standing } from '#core/kernel/member-rights.ts'
import {
  completed,
  may,
  GIVABLE,
  PROJECT_ROLES,
  ROLES,
  rightsOf,
  type ProjectRole,
  type Role,
} from '#core/kernel/permissions.ts'
import { actAsSql } from '#core/platform/acting-as.ts'
import { openDatabase } from '#core/platform/database.ts'
import { aRowInEachTable } from '#tests/support/a-row-in-each-table.ts'
import { freshDatabase, type LoginName } from '#tests/support/database.ts'
import { aMember, aMemberWith, type SomeBoard } from '#tests/support/fixtures.ts'
import { projectTables } from '#tests/support/project-tables.ts'

// Made from the table of roles and the catalogs: each role in a workspace, with each thing that can
// be said of somebody or of everybody in a project, and each table that leads to one.
const LOGINS = ['api', 'actions', 'worker', 'collab'] as const satisfies LoginName[]
const NO_RIGHT = '42501'

type There = ProjectRole | 'nothing'
const THERE = ['nothing', ...PROJECT_ROLES] as const satisfies There[]

let owner: Knex
let pools: Record<LoginName, Knex>
let tables: readonly string[]
let readable: Record<LoginName, readonly string[]>
let board: SomeBoard

beforeAll(async () => {
  const fresh = await freshDatabase()
  const limits = { name: 'test', connectionsMax: 2, statementLimitMs: 3_000 }
  const open = (login: LoginName) => openDatabase({ ...limits, url: fresh.urlOf(login) })
  owner = openDatabase({ ...limits, url: fresh.url })
  pools = {
    api: open('api'),
    actions: open('actions'),
    worker: open('worker'),
    collab: open('collab'),
  }
  tables = await projectTables(owner)
  readable = {
    api: await readableBy('api'),
    actions: await readableBy('actions'),
    worker: await readableBy('worker'),
    collab: await readableBy('collab'),
  }
  board = (await aRowInEachTable(owner)) as SomeBoard
  return async () => {
    await Promise.all([owner, ...Object.values(pools)].map((pool) => pool.destroy()))
    await fresh.drop()
  }
})

const MEMBERS = [
  ...ROLES.map((role) => ({
    role: role as string,
    standing: standingOf(role),
    join: () => aMember(owner, board, role),
  })),
  ...GIVABLE.map((each) => ({
    role: `with ${each}`,
    standing: { role: 'custom' as const, rights: rightsOf('custom', completed([each])) },
    join: () => aMemberWith(owner, board, [each]),
  })),
]

const PAIRS = MEMBERS.flatMap((member) =>
  THERE.flatMap((own) => THERE.map((everybody) => ({ ...member, own, everybody }))),
)

function standingOf(role: Role | ProjectRole): Standing {
  return { role, rights: rightsOf(role, null) }
}

/** How many rows a statement meets as somebody, or the code it is refused with; all is taken back. */
async function met(login: LoginName, userId: string, sql: string): Promise<number | string> {
  const trx = await pools[login].transaction()
  try {
    await trx.raw(actAsSql(trx, { userId }))
    return (await trx.raw(sql)).rowCount as number
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    await trx.rollback()
  }
}

/** Of each table a login reads at all, whether it is shown a row. */
async function shownTo(login: LoginName, userId: string): Promise<Record<string, boolean>> {
  return await pools[login].transaction(async (trx) => {
    await trx.raw(actAsSql(trx, { userId }))
    const each = readable[login].map((table) => `'${table}', exists (select from ${table})`)
    return (await trx.raw(`select json_build_object(${each.join()}) as shown`)).rows[0].shown
  })
}

async function readableBy(login: LoginName): Promise<string[]> {
  const { rows } = await pools[login].raw<{ rows: { name: string }[] }>(
    `select name from unnest(?::text[]) as name where has_table_privilege(name, 'select')`,
    [[...tables]],
  )
  return rows.map(({ name }) => name)
}

async function say(userId: string | null, role: There): Promise<void> {
  if (role === 'nothing') return
  const home = { workspace_id: board.workspaceId, project_id: board.projectId }
  await owner('project_roles').insert({ ...home, user_id: userId, role })
}

/** What is somebody's own of the rows that only their owner is shown. */
async function makeTheirs(userId: string): Promise<void> {
  await owner('notifications').update({ user_id: userId })
  await owner('outcomes').update({ actor_id: userId })
}

test.each(PAIRS)(
  'a project shows $role, who is there $own and everybody $everybody, what the kernel says',
  async ({ standing, join, own, everybody }) => {
    const userId = await join()
    await say(userId, own)
    await say(null, everybody)
    await makeTheirs(userId)
    const said = own === 'nothing' ? everybody : own
    const projects = new Map(
      said === 'nothing' ? [] : [[board.projectId, standingOf(said)] as const],
    )
    const { rights } = standingIn({ ...standing, projects }, board.projectId)
    const isWriter = !rights.isSubsetOf(new Set(['board.read', 'audit.read']))
    const opens = {
      api: may(rights, 'board.read'),
      collab: may(rights, 'board.read'),
      actions: isWriter,
      worker: isWriter,
    }
    const wrong: string[] = []
    const check = async (login: LoginName) => {
      for (const [table, isShown] of Object.entries(await shownTo(login, userId))) {
        // What somebody did they hear of though they may do nothing now.
        const isOpen = table === 'outcomes' ? opens.api : opens[login]
        if (isShown !== isOpen) wrong.push(`${login}, ${table}`)
      }
    }
    await Promise.all(LOGINS.map(check))
    await owner('project_roles').where({ user_id: userId }).orWhereNull('user_id').delete()
    expect(wrong).toEqual([])
  },
)

test('every table that leads to a project is looked at', () => {
  expect(tables).toContain('attachments')
  expect(tables).toContain('notifications')
  expect(tables).toContain('search_entries')
})

test('a member who is kept from a project changes nothing in it, and brings nothing into it', async () => {
  const userId = await aMember(owner, board, 'member')
  await say(userId, 'none')
  const statements = [
    'update cards set title = title',
    `update cards set project_id = '${board.projectId}'`,
    `insert into labels (id, workspace_id, project_id, name, colour)
     values ('${newId()}', '${board.workspaceId}', '${board.projectId}', 'New', 'red')`,
    'delete from card_labels',
    'update projects set name = name',
  ]
  const got = await Promise.all(statements.map((sql) => met('actions', userId, sql)))
  expect(got).toEqual([0, 0, NO_RIGHT, 0, 0])
  expect(await met('api', userId, 'update notifications set read_at = now()')).toBe(0)
  expect(await met('api', userId, `update project_roles set role = 'admin'`)).toBe(0)
  expect(await met('api', userId, 'delete from project_roles')).toBe(0)
})

test('who looks for words finds none in a project they are kept from', async () => {
  const [inside, outside] = [
    await aMember(owner, board, 'member'),
    await aMember(owner, board, 'member'),
  ]
  await say(outside, 'none')
  const found = (userId: string) =>
    Promise.all([
      met('api', userId, `select from app.entries_with('seen', null, 10)`),
      met('api', userId, `select from app.entries_like('seen', 'seem', null, 10)`),
    ])
  expect(await found(inside)).toEqual([1, 1])
  expect(await found(outside)).toEqual([0, 0])
})

test('who reads the audit reads no line of a project they are kept from', async () => {
  const userId = await aMemberWith(owner, board, ['audit.read'])
  const lines = () => met('api', userId, `select from audit_log where workspace_id is not null`)
  expect(await lines()).toBe(1)
  await say(userId, 'none')
  expect(await lines()).toBe(0)
})
