import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { purgeFiles } from '#activities/files/purge-files.ts'
import { openStore } from '#activities/files/stores/open-store.ts'
import type { FileStore } from '#activities/files/stores/store.ts'
import { newId } from '#core/kernel/ids.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { aRowInEachTable } from '#tests/support/a-row-in-each-table.ts'
import type { SomeWorkspace } from '#tests/support/fixtures.ts'
import { isKept } from '#tests/support/files/kept-bytes.ts'
import { ownFolder } from '#tests/support/own-folder.ts'
import { tenantTables } from '#tests/support/tenant-tables.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import { emptyWorkspaces } from './empty-workspaces.ts'

const database = useDatabase()
const DAY_MS = 24 * 3_600 * 1_000
let store: FileStore

beforeAll(async () => {
  const folder = await ownFolder()
  store = openStore({ FILES_URL: folder.url })
  return folder.remove
})

/** Gives each flow of a workspace its bot; answers how many there are. */
async function giveBots({ workspaceId: workspace_id }: SomeWorkspace): Promise<number> {
  const flows = await database()('flows').where({ workspace_id }).select('id', 'project_id')
  for (const { id, project_id } of flows) {
    const bot = { id: newId(), kind: 'bot', name: 'Triage', hue: 0 }
    await database()('users').insert(bot)
    const home = { workspace_id, user_id: bot.id }
    await database()('workspace_members').insert({ ...home, role: 'bot' })
    await database()('project_roles').insert({ ...home, project_id, role: 'member' })
    await database()('flows').where({ id }).update({ actor_id: bot.id })
  }
  return flows.length
}

async function botsLeft(): Promise<number> {
  return (await database()('users').where({ kind: 'bot' })).length
}

async function deletedSince(days: number): Promise<SomeWorkspace & { fileId: string }> {
  const workspace = await aRowInEachTable(database())
  const deleted_at = new Date(Date.now() - days * DAY_MS)
  const gone = { deleted_at, restorable_by: [workspace.ownerId] }
  await database()('workspaces').where({ id: workspace.workspaceId }).update(gone)
  // The worker has ended what ran.
  const over = { status: 'cancelled', ended_at: deleted_at }
  await database()('flow_runs').where({ workspace_id: workspace.workspaceId }).update(over)
  const file = database()('files').where({ workspace_id: workspace.workspaceId })
  const [{ id }] = await file.update({ created_at: deleted_at }).returning('id')
  const path = join(store.incoming, id)
  await writeFile(path, 'text')
  await store.put(id, path, { mediaType: 'text/plain', bytes: 4 })
  return { ...workspace, fileId: id }
}

/** The tables that still hold something of a workspace. */
async function left({ workspaceId }: SomeWorkspace): Promise<string[]> {
  const names: string[] = []
  for (const { name, home } of await tenantTables(database())) {
    const row = await database()(name).where(home, workspaceId).first(home)
    if (row) names.push(name)
  }
  return names
}

test('what was deleted 30 days ago goes, from every table there is, with its bots, but for its audit', async () => {
  const [recent, old] = [await deletedSince(29), await deletedSince(31)]
  const bots = await giveBots(recent)
  expect(await giveBots(old)).toBe(bots)
  const all = await left(recent)

  expect(await emptyWorkspaces(database('worker'))).toBe(1)
  expect(await purgeFiles(database('worker'), store)).toBe(1)
  expect(await left(recent)).toEqual(all)
  expect(await left(old)).toEqual(['audit_leaves', 'audit_log', 'workspaces'])
  expect(await Promise.all([recent, old].map(({ fileId }) => isKept(store, fileId)))).toEqual([
    true,
    false,
  ])
  expect(await botsLeft()).toBe(bots)
  const row = await database()('workspaces').where({ id: old.workspaceId }).first()
  expect(row).toMatchObject({ name: '', restorable_by: [] })
  const told = database()('audit_log').where({ workspace_id: null, target_id: old.workspaceId })
  expect(await told).toMatchObject([{ action: 'workspace.empty', actor_id: null }])
  expect(await emptyWorkspaces(database('worker'))).toBe(0)
})

test('what was broken off goes on, and cannot be brought back meanwhile', async () => {
  const old = await deletedSince(31)
  await database()('workspaces').where({ id: old.workspaceId }).update({ restorable_by: [] })
  const restored = await writeAs(database('api'), { userId: old.ownerId }, (trx) =>
    trx.raw('select app.restore_workspace(?) as done', [old.workspaceId]),
  )
  expect(restored.rows).toEqual([{ done: false }])
  expect(await emptyWorkspaces(database('worker'))).toBe(1)
})

test('one that was broken off when its flows were gone keeps no other from being emptied', async () => {
  const [, old] = [await deletedSince(31), await deletedSince(31)]
  const before = await botsLeft()
  await giveBots(old)
  const at = { workspace_id: old.workspaceId }
  const { actor_id } = await database()('flows').where(at).first('actor_id')
  await database()('cards').where(at).update({ created_by: actor_id })
  await database()('flows').where(at).update({ actor_id: old.ownerId })
  expect(await emptyWorkspaces(database('worker'))).toBe(2)
  expect(await botsLeft()).toBe(before)
})
