import type { Knex } from 'knex'
import type { ProjectRoleGiven, RoleGiven } from '#core/contracts/members.ts'
import { type MemberRole, rightsOf } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { StoredRole } from './stored-role.ts'

/** The role somebody is to have, as it is stored; refuses with role.not_found. */
export async function roleGiven(
  trx: Knex.Transaction,
  workspaceId: string,
  { role, roleId }: RoleGiven | ProjectRoleGiven,
): Promise<StoredRole> {
  if (role) return { role, roleId: null, rights: rightsOf(role, null) }
  return await madeRole(trx, workspaceId, roleId!)
}

/** A role as it is stored with an invitation, and what it holds now. */
export async function roleOf(
  trx: Knex.Transaction,
  workspaceId: string,
  { role, roleId }: { readonly role: MemberRole; readonly roleId: string | null },
): Promise<StoredRole> {
  if (roleId === null) return { role, roleId, rights: rightsOf(role, null) }
  return await madeRole(trx, workspaceId, roleId)
}

async function madeRole(
  trx: Knex.Transaction,
  workspaceId: string,
  roleId: string,
): Promise<StoredRole> {
  const made = await trx('roles')
    .where({ workspace_id: workspaceId, id: roleId })
    .first<{ permissions: string[] } | undefined>('permissions')
  if (!made) throw new Refusal('role.not_found', 'There is no such role.')
  return { role: 'custom', roleId, rights: rightsOf('custom', made.permissions) }
}
