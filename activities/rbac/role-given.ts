import type { Knex } from 'knex'
import type { RoleGiven } from '#core/contracts/members.ts'
import { rightsOf } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { StoredRole } from './stored-role.ts'

/** The role somebody is to have, as it is stored; refuses with role.not_found. */
export async function roleGiven(
  trx: Knex.Transaction,
  workspaceId: string,
  { role, roleId }: RoleGiven,
): Promise<StoredRole> {
  if (role) return { role, roleId: null, rights: rightsOf(role, null) }
  const made = await trx('roles')
    .where({ workspace_id: workspaceId, id: roleId })
    .first<{ permissions: string[] } | undefined>('permissions')
  if (!made) throw new Refusal('role.not_found', 'There is no such role.')
  return { role: 'custom', roleId: roleId!, rights: rightsOf('custom', made.permissions) }
}
