import type { Knex } from 'knex'
import { ask } from '#core/platform/ask.ts'
import type { Role } from '#core/kernel/permissions.ts'

export { seersOf } from './board-seers.ts'
export { boardViewer } from './board-viewer.ts'
export { membersOf, workspacesOf } from './members.ts'
export { isOperator } from './operators.ts'

/** Which of the people are members of the workspace. */
export async function memberIds(
  trx: Knex.Transaction,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Set<string>> {
  return new Set((await memberRoles(trx, workspaceId, userIds)).keys())
}

/** The roles of those of the people who are members of the workspace. */
export async function memberRoles(
  trx: Knex.Transaction,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, Role>> {
  const rows = await ask<{ user_id: string; role: Role }>(
    trx,
    'select user_id, role from workspace_members where workspace_id = $1 and user_id = any($2)',
    [workspaceId, userIds],
  )
  return new Map(rows.map((row) => [row.user_id, row.role]))
}
