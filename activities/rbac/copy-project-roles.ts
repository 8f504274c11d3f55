import type { Knex } from 'knex'

/** Says of a copy of a project what is said of the project: who does not see the one sees neither. */
export async function copyProjectRoles(
  trx: Knex.Transaction,
  from: string,
  to: string,
): Promise<void> {
  await trx.raw(
    `insert into project_roles (workspace_id, project_id, user_id, role, role_id)
     select workspace_id, ?, user_id, role, role_id from project_roles where project_id = ?`,
    [to, from],
  )
}
