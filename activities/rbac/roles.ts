import type { Knex } from 'knex'
import type { RoleView } from '#core/contracts/roles.ts'

/** The roles a workspace has made, by name. */
export async function rolesOf(db: Knex, workspaceId: string): Promise<RoleView[]> {
  const { rows } = await db.raw<{ rows: RoleView[] }>(
    `select r.id, r.name, r.permissions,
       (select count(*)::int from (
          select user_id from workspace_members
          where workspace_id = r.workspace_id and role_id = r.id
          union
          select user_id from project_roles
          where workspace_id = r.workspace_id and role_id = r.id and user_id is not null
        ) as holders) as members
     from roles r where r.workspace_id = ? order by lower(r.name), r.id`,
    [workspaceId],
  )
  return rows
}
