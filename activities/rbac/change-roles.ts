import type { Knex } from 'knex'
import type { NewRole, RoleChanges } from '#core/contracts/roles.ts'
import { ROLES_PER_WORKSPACE_MAX } from '#core/kernel/limits.ts'
import { mayShape, standingIn } from '#core/kernel/member-rights.ts'
import { completed, rightsOf } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { throwRefusal } from '#core/platform/database-errors.ts'
import { takeTurn } from '#core/platform/take-turn.ts'
import { lineOf, type Asking, type RecordAudit } from './asking.ts'
import { standings } from './standings.ts'

// One of the doors that write without a workflow, as change-member.ts is.

/** Who asks, for which workspace. */
export interface RoleAsked extends Asking {
  readonly workspaceId: string
}

interface Made {
  readonly name: string
  readonly permissions: readonly string[]
}

/**
 * Makes a role under an id the caller has chosen; asked again it is the same one. Refuses with
 * role.limit, role.name_taken, request.id_taken, command.key_reused or permission.denied.
 */
export async function createRole(
  database: Knex,
  asked: RoleAsked,
  { id, name, permissions }: NewRole & { readonly id: string },
  recordAudit: RecordAudit,
): Promise<void> {
  const made = { name, permissions: completed(permissions) }
  await inTurn(database, asked, async (trx) => {
    await refuseBeyondRights(trx, asked, [made])
    if (await isMade(trx, asked, id, made)) return
    const roles = await trx('roles').where({ workspace_id: asked.workspaceId }).count().first()
    if (Number(roles?.['count']) >= ROLES_PER_WORKSPACE_MAX) {
      throw new Refusal('role.limit', `A workspace has at most ${ROLES_PER_WORKSPACE_MAX} roles.`)
    }
    await refuseTaken(trx, asked, name, id)
    const row = { id, workspace_id: asked.workspaceId, ...made }
    await trx('roles').insert(row).catch(throwRefusal)
    await recordAudit(trx, [line(asked, 'role.create', id, null, made)])
  })
}

/** Whether the very role is there already; another one under its id is refused. */
async function isMade(
  trx: Knex.Transaction,
  { workspaceId }: RoleAsked,
  id: string,
  made: Made,
): Promise<boolean> {
  const before = await trx('roles')
    .where({ workspace_id: workspaceId, id })
    .first<Made | undefined>('name', 'permissions')
  if (!before) return false
  const isSame = before.name === made.name && sameSet(before.permissions, made.permissions)
  if (isSame) return true
  throw new Refusal('command.key_reused', 'This Idempotency-Key was used for another role.')
}

const sameSet = (some: readonly string[], others: readonly string[]) =>
  new Set(some).symmetricDifference(new Set(others)).size === 0

/**
 * Changes what a role is called or allows, for everybody who has it. Refuses with role.not_found,
 * role.name_taken or permission.denied.
 */
export async function editRole(
  database: Knex,
  asked: RoleAsked,
  roleId: string,
  { name, permissions }: RoleChanges,
  recordAudit: RecordAudit,
): Promise<void> {
  await inTurn(database, asked, async (trx) => {
    const before = await roleNow(trx, asked, roleId)
    const after = {
      name: name ?? before.name,
      permissions: permissions ? completed(permissions) : before.permissions,
    }
    await refuseBeyondRights(trx, asked, [before, after], await projectsWith(trx, roleId))
    await refuseTaken(trx, asked, after.name, roleId)
    await trx('roles').where({ id: roleId }).update(after)
    await recordAudit(trx, [line(asked, 'role.edit', roleId, before, after)])
  })
}

/** Takes a role away that nobody has. Refuses with role.not_found, role.in_use or permission.denied. */
export async function deleteRole(
  database: Knex,
  asked: RoleAsked,
  roleId: string,
  recordAudit: RecordAudit,
): Promise<void> {
  await inTurn(database, asked, async (trx) => {
    const before = await roleNow(trx, asked, roleId)
    await refuseBeyondRights(trx, asked, [before])
    const has = { workspace_id: asked.workspaceId, role_id: roleId }
    if (await trx('workspace_members').where(has).first('user_id')) {
      throw new Refusal('role.in_use', 'Somebody has this role. Give them another one first.')
    }
    const open = trx('invitations').where({ ...has, ended_at: null })
    if (await open.first('id')) {
      throw new Refusal('role.in_use', 'Somebody is invited with this role. Take that back first.')
    }
    // The schema keeps a role that somebody has, be it in a project the caller does not see.
    await trx('roles').where({ id: roleId }).delete().catch(throwRefusal)
    await recordAudit(trx, [line(asked, 'role.delete', roleId, before, null)])
  })
}

/** One after the other, and after changes of members: nobody is given what is just made more. */
async function inTurn(
  database: Knex,
  { workspaceId, actorId }: RoleAsked,
  work: (trx: Knex.Transaction) => Promise<void>,
): Promise<void> {
  await writeAs(database, { userId: actorId, workspaceId }, async (trx) => {
    await takeTurn(trx, 'members', workspaceId)
    await work(trx)
  })
}

async function roleNow(
  trx: Knex.Transaction,
  { workspaceId }: RoleAsked,
  roleId: string,
): Promise<Made> {
  const role = await trx('roles')
    .where({ workspace_id: workspaceId, id: roleId })
    .first<Made | undefined>('name', 'permissions')
  if (!role) throw new Refusal('role.not_found', 'There is no such role.')
  return role
}

async function refuseTaken(
  trx: Knex.Transaction,
  { workspaceId }: RoleAsked,
  name: string,
  roleId: string,
): Promise<void> {
  const other = await trx('roles')
    .where({ workspace_id: workspaceId })
    .whereRaw('lower(name) = lower(?) and id <> ?', [name, roleId])
    .first('id')
  if (other) throw new Refusal('role.name_taken', 'The workspace has a role of this name.')
}

/** Nobody shapes a role that holds more than they do, be it only in one of the `projects` it is used in. */
async function refuseBeyondRights(
  trx: Knex.Transaction,
  { workspaceId, actorId }: RoleAsked,
  roles: readonly Made[],
  projects: readonly string[] = [],
): Promise<void> {
  const own = (await standings(trx, workspaceId, [actorId])).get(actorId)
  const given = roles.map(({ permissions }) => rightsOf('custom', permissions))
  const refuse = (message: string) => new Refusal('permission.denied', message)
  if (!own || !mayShape(own, ...given)) throw refuse('A role may not hold more than you do.')
  if (projects.every((id) => mayShape(standingIn(own, id), ...given))) return
  throw refuse('In a project it is used in you hold less.')
}

/** The projects in which somebody has the role there only; the caller may be less in them than elsewhere. */
const projectsWith = async (trx: Knex.Transaction, roleId: string): Promise<string[]> =>
  await trx('project_roles').where({ role_id: roleId }).distinct().pluck('project_id')

const line = (
  asked: RoleAsked,
  action: string,
  targetId: string,
  before: Made | null,
  after: Made | null,
) =>
  lineOf(asked, {
    workspaceId: asked.workspaceId,
    action,
    targetKind: 'role',
    targetId,
    before: before && { ...before },
    after: after && { ...after },
  })
