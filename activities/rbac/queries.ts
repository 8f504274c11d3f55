import type { Knex } from 'knex'
import type { Role } from '#core/kernel/permissions.ts'

export { seersOf } from './board-seers.ts'
export { boardViewer } from './board-viewer.ts'
export { membersOf, workspacesOf } from './members.ts'
export { isOperator } from './operators.ts'

/** Which of the people are members of the workspace. */
export async function memberIds(
  db: Knex,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Set<string>> {
  return new Set((await memberRoles(db, workspaceId, userIds)).keys())
}

/** The roles of those of the people who are members of the workspace. */
export async function memberRoles(
  db: Knex,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, Role>> {
  const rows = await db('workspace_members')
    .select('user_id', 'role')
    .where({ workspace_id: workspaceId })
    .whereIn('user_id', [...userIds])
  return new Map(rows.map((row: { user_id: string; role: Role }) => [row.user_id, row.role]))
}
