import type { Knex } from 'knex'
import type { WorkspaceView } from '#core/contracts/views.ts'
import { actAs, writeAs } from '#core/platform/acting-as.ts'
import { throwRefusal } from '#core/platform/database-errors.ts'
import { takeTurn } from '#core/platform/take-turn.ts'
import { WORKSPACES_OWNED_MAX } from '#core/kernel/limits.ts'
import { rightsOf } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { lineOf, type Asking, type RecordAudit } from './asking.ts'
import { workspacesOf } from './members.ts'

// One of the doors that write without a workflow: before there is a workspace there is no lane of one.

/**
 * Makes a workspace under an id the caller has chosen, who becomes its owner; asked again it is the
 * same one. Refuses with workspace.limit or request.id_taken.
 */
export async function createWorkspace(
  database: Knex,
  asking: Asking,
  { id, name }: { readonly id: string; readonly name: string },
  recordAudit: RecordAudit,
): Promise<WorkspaceView> {
  const { actorId: userId } = asking
  return await writeAs(database, { userId }, async (trx) => {
    // In turn, so that many at once are counted, and a second try finds what the first has made.
    await takeTurn(trx, 'workspaces-of', userId)
    const known = (await workspacesOf(trx, userId)).find((each) => each.id === id)
    if (known) return known
    await refuseTooMany(trx, userId)
    // Nobody is in it yet who could write there.
    await actAs(trx, { workspaceId: id })
    await trx('workspaces').insert({ id, name }).catch(throwRefusal)
    await trx('workspace_members').insert({ workspace_id: id, user_id: userId, role: 'owner' })
    await actAs(trx, { userId, workspaceId: id })
    const what = { workspaceId: id, action: 'workspace.create', before: null, after: { name } }
    await recordAudit(trx, [lineOf(asking, { ...what, targetKind: 'workspace', targetId: id })])
    const permissions = [...rightsOf('owner', null)]
    return { id, name, role: 'owner', roleName: null, permissions, projects: [] }
  })
}

async function refuseTooMany(trx: Knex.Transaction, userId: string): Promise<void> {
  const { rows } = await trx.raw<{ rows: { owned: number }[] }>(
    `select (select count(*) from workspace_members where user_id = ? and role = 'owner')::int
       + (select count(*) from workspaces where deleted_at is not null)::int as owned`,
    [userId],
  )
  if (rows[0]!.owned < WORKSPACES_OWNED_MAX) return
  throw new Refusal('workspace.limit', `Nobody owns more than ${WORKSPACES_OWNED_MAX} workspaces.`)
}
