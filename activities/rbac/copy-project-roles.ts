import type { Knex } from 'knex'

/**
 * Says of a copy of a project what is said of the project's people: who does not see the one sees
 * neither. Its flows are not copied, and their bots are nothing in the copy.
 */
export async function copyProjectRoles(
  trx: Knex.Transaction,
  from: string,
  to: string,
): Promise<void> {
  await trx.raw(
    `insert into project_roles (workspace_id, project_id, user_id, role, role_id)
     select workspace_id, ?, user_id, role, role_id from project_roles o
     where project_id = ? and not exists (select from workspace_members m
       where m.workspace_id = o.workspace_id and m.user_id = o.user_id and m.role = 'bot')`,
    [to, from],
  )
}
