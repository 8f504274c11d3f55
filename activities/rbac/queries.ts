import type { Knex } from 'knex'
import { standings } from './standings.ts'

export { seersOf } from './board-seers.ts'
export { boardViewer } from './board-viewer.ts'
export { deletedWorkspacesOf } from './deleted-workspaces.ts'
export { invitationOf, invitationsTo } from './invitations.ts'
export { membersOf, workspacesOf } from './members.ts'
export { isOperator } from './operators.ts'
export { rolesOf } from './roles.ts'
export { standings } from './standings.ts'
export { MADE } from './stored-role.ts'

/** Which of the people are members of the workspace. */
export async function memberIds(
  trx: Knex.Transaction,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Set<string>> {
  return new Set((await standings(trx, workspaceId, userIds)).keys())
}
