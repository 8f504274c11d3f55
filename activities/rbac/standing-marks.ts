import type { Knex } from 'knex'
import { madeOf } from './stored-role.ts'

/** For each of the people a text that is another one when they may do something else, or elsewhere. */
export async function standingMarks(
  trx: Knex.Transaction,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await trx.raw<{ rows: { userId: string; mark: string }[] }>(
    `select asked.id as "userId", coalesce((
       select md5(string_agg(concat_ws(' ', w.id, w.name, m.role, m.role_id, ${madeOf('m')}, (
         select string_agg(concat_ws(' ', o.project_id, o.user_id, o.role, o.role_id, ${madeOf('o')}),
           ',' order by o.project_id, o.user_id)
         from project_roles o
         where o.workspace_id = m.workspace_id and (o.user_id = m.user_id or o.user_id is null)
       )), ';' order by w.id))
       from workspace_members m
       join workspaces w on w.id = m.workspace_id and w.deleted_at is null
       where m.user_id = asked.id), '') as mark
     from unnest(?::uuid[]) as asked (id)`,
    [[...userIds]],
  )
  return new Map(rows.map(({ userId, mark }) => [userId, mark]))
}
