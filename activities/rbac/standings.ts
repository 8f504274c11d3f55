import type { Knex } from 'knex'
import { ask } from '#core/platform/ask.ts'
import type { Standing } from '#core/kernel/member-rights.ts'
import { ROLE, standingOf, type RoleRow } from './stored-role.ts'

/** How those of the people stand who are members of the workspace; in a deleted one nobody is. */
export async function standings(
  trx: Knex.Transaction,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, Standing>> {
  const rows = await ask<RoleRow & { userId: string; [column: string]: unknown }>(
    trx,
    `select m.user_id as "userId", ${ROLE}
     from workspace_members m
     join workspaces w on w.id = m.workspace_id and w.deleted_at is null
     where m.workspace_id = $1 and m.user_id = any($2)`,
    [workspaceId, userIds],
  )
  return new Map(rows.map((row) => [row.userId, standingOf(row)]))
}
