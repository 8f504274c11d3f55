import type { Knex } from 'knex'
import { FROM_INSIDE, recordOfInstallation } from '#activities/audit/queries.ts'
import { DELETED_KEPT_DAYS } from '#core/kernel/limits.ts'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { inBatches } from '#core/platform/in-batches.ts'

/** Each is looked for in every table that names people. */
const BOTS_AT_ONCE = 20

/**
 * Empties the workspaces that nobody can bring back any more; answers how many. Their rows stay
 * without a name, for the audit names them. What is broken off goes on the next time.
 */
export async function emptyWorkspaces(database: Knex): Promise<number> {
  const workspaceIds = await writeAs(database, THE_HOUSE, takeBackTheWayBack)
  const tables = workspaceIds.length > 0 ? await tablesToEmpty(database) : []
  for (const id of workspaceIds) {
    for (const table of tables) await emptyTable(database, table, id)
    await writeAs(database, THE_HOUSE, (trx) => markEmpty(trx, id))
  }
  // Not sooner: of one that was broken off before its turn has come, cards may still name its bots.
  await removeBots(database)
  return workspaceIds.length
}

/** Its own log is nobody's to read any more, so it is told in that of the installation. */
async function markEmpty(trx: Knex.Transaction, id: string): Promise<void> {
  await trx('workspaces').where({ id }).update({ name: '', emptied_at: new Date() })
  const what = { actorId: null, targetKind: 'workspace', targetId: id }
  await recordOfInstallation(trx, { action: 'workspace.empty', ...what, ...FROM_INSIDE })
}

/**
 * Whoever brings one back this moment is waited for, and then it is not among them. Where runs of
 * flows are under way they are ended first, which takes the worker moments.
 */
async function takeBackTheWayBack(trx: Knex.Transaction): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `update workspaces set restorable_by = '{}'
     where emptied_at is null and deleted_at < now() - interval '1 day' * ?
       and not exists (select from flow_runs r
         where r.workspace_id = workspaces.id and r.status = 'running' and r.kind = 'live')
     returning id`,
    [DELETED_KEPT_DAYS],
  )
  return rows.map(({ id }) => id)
}

/**
 * What house-keeping may take away of a workspace, each table after those that point to it. Files are
 * on no card then, and go with their bytes as all such do.
 */
async function tablesToEmpty(database: Knex): Promise<string[]> {
  const { rows } = await database.raw<{ rows: { name: string }[] }>(
    `with recursive tenant as (
       select attrelid as id from pg_attribute join pg_class c on c.oid = attrelid
       where attname = 'workspace_id' and relkind = 'r' and relnamespace = 'public'::regnamespace
         and has_table_privilege(attrelid, 'delete') and relname <> 'files'
     ), step as (
       select distinct conrelid as source, confrelid as target from pg_constraint
       where contype = 'f' and conrelid <> confrelid
     ), placed as (
       select id, 0 as depth from tenant
       union
       select source, depth + 1 from placed join step on target = id
       where source in (select id from tenant)
     )
     select id::regclass::text as name from placed group by id order by max(depth) desc, name`,
  )
  return rows.map(({ name }) => name)
}

async function emptyTable(database: Knex, table: string, workspaceId: string): Promise<void> {
  await inBatches(database, async (trx, rowsMax) => {
    const { rowCount } = await trx.raw<{ rowCount: number }>(
      `delete from ?? where ctid = any (array(
         select ctid from ?? where workspace_id = ? limit ?
       ))`,
      [table, table, workspaceId, rowsMax],
    )
    return rowCount
  })
}

/** Those whose flows are gone by now. */
async function removeBots(database: Knex): Promise<void> {
  let removed: number
  do {
    const { rows } = await writeAs(database, THE_HOUSE, (trx) =>
      trx.raw<{ rows: { removed: number }[] }>('select app.remove_bots(?) as removed', [
        BOTS_AT_ONCE,
      ]),
    )
    removed = rows[0]!.removed
  } while (removed === BOTS_AT_ONCE)
}
