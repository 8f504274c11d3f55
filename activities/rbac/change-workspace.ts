import type { Knex } from 'knex'
import { writeAs } from '#core/platform/acting-as.ts'
import { takeTurn } from '#core/platform/take-turn.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { lineOf, type Asking, type RecordAudit } from './asking.ts'

// One of the doors that write without a workflow: what shuts a workspace must not wait in its lane.

interface Named {
  readonly workspaceId: string
  readonly name: string
}

/** Gives a workspace another name; for its owners. */
export async function renameWorkspace(
  database: Knex,
  asking: Asking,
  { workspaceId, name }: Named,
  recordAudit: RecordAudit,
): Promise<void> {
  await asOwner(database, asking, workspaceId, async (trx, owned) => {
    if (owned.name === name) return
    const [before, after] = [{ name: owned.name }, { name }]
    await recordAudit(trx, [line(asking, workspaceId, 'workspace.rename', before, after)])
    await trx('workspaces').where({ id: workspaceId }).update({ name })
  })
}

/**
 * Shuts a workspace for everybody in it; for owners, who type its name. They can bring it back for
 * DELETED_KEPT_DAYS. Refuses with workspace.other_name.
 */
export async function deleteWorkspace(
  database: Knex,
  asking: Asking,
  { workspaceId, name }: Named,
  recordAudit: RecordAudit,
): Promise<void> {
  await asOwner(database, asking, workspaceId, async (trx, owned) => {
    if (owned.name !== name) {
      throw new Refusal('workspace.other_name', `The workspace is called otherwise.`)
    }
    const deletedAt = new Date()
    const after = { deletedAt: deletedAt.toISOString() }
    // Before it is shut: nobody writes there afterwards.
    await recordAudit(trx, [line(asking, workspaceId, 'workspace.delete', { name }, after)])
    await trx('workspaces')
      .where({ id: workspaceId })
      .update({ deleted_at: deletedAt, restorable_by: owned.ownerIds })
  })
}

/** Opens a deleted workspace again to all who were in it. Refuses with workspace.not_found. */
export async function restoreWorkspace(
  database: Knex,
  asking: Asking,
  workspaceId: string,
  recordAudit: RecordAudit,
): Promise<void> {
  await writeAs(database, { userId: asking.actorId }, async (trx) => {
    const deleted = await trx('workspaces').where({ id: workspaceId }).first('deleted_at')
    const { rows } = await trx.raw('select app.restore_workspace(?) as done', [workspaceId])
    if (!deleted || !rows[0].done) throw new Refusal('workspace.not_found', 'There is none.')
    const before = { deletedAt: deleted.deleted_at.toISOString() }
    const after = { deletedAt: null }
    await recordAudit(trx, [line(asking, workspaceId, 'workspace.restore', before, after)])
  })
}

interface Owned {
  readonly name: string
  readonly ownerIds: readonly string[]
}

/** In turn with changes of members: who owns it stays so until the end. */
async function asOwner(
  database: Knex,
  { actorId: userId }: Asking,
  workspaceId: string,
  work: (trx: Knex.Transaction, owned: Owned) => Promise<void>,
): Promise<void> {
  await writeAs(database, { userId, workspaceId }, async (trx) => {
    await takeTurn(trx, 'members', workspaceId)
    const workspace = await trx('workspaces').where({ id: workspaceId }).first('name')
    const ownerIds = await trx('workspace_members')
      .where({ workspace_id: workspaceId, role: 'owner' })
      .pluck('user_id')
    if (!workspace || !ownerIds.includes(userId)) {
      throw new Refusal('permission.denied', 'Only owners do this to a workspace.')
    }
    await work(trx, { name: workspace.name, ownerIds })
  })
}

const line = (
  asking: Asking,
  workspaceId: string,
  action: string,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
) =>
  lineOf(asking, {
    workspaceId,
    action,
    targetKind: 'workspace',
    targetId: workspaceId,
    before,
    after,
  })
