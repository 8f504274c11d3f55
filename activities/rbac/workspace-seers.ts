import type { Knex } from 'knex'

/** Which of the pairs are of a workspace and a member of it, as `workspaceId userId`. */
export async function workspaceSeers(
  trx: Knex.Transaction,
  pairs: readonly { workspaceId: string; userId: string }[],
): Promise<Set<string>> {
  const { rows } = await trx.raw<{ rows: { pair: string }[] }>(
    `select m.workspace_id || ' ' || m.user_id as pair
     from unnest(?::uuid[], ?::uuid[]) as asked (workspace_id, user_id)
     join workspace_members m
       on m.workspace_id = asked.workspace_id and m.user_id = asked.user_id
     join workspaces w on w.id = m.workspace_id and w.deleted_at is null`,
    [pairs.map(({ workspaceId }) => workspaceId), pairs.map(({ userId }) => userId)],
  )
  return new Set(rows.map(({ pair }) => pair))
}
