import type { Knex } from 'knex'
import { standingIn } from '#core/kernel/member-rights.ts'
import { may } from '#core/kernel/permissions.ts'
import { standings } from './standings.ts'

export { seersOf } from './board-seers.ts'
export { boardViewers } from './board-viewers.ts'
export { deletedWorkspacesOf } from './deleted-workspaces.ts'
export { invitationOf, invitationsTo } from './invitations.ts'
export { copyProjectRoles } from './copy-project-roles.ts'
export { membersOf, workspacesOf } from './members.ts'
export { projectPeople } from './project-people.ts'
export { isOperator } from './operators.ts'
export { rolesOf } from './roles.ts'
export { standingMarks } from './standing-marks.ts'
export { workspaceSeers } from './workspace-seers.ts'
export { standings } from './standings.ts'
export { inProject, MADE_THERE, ROLE_THERE } from './stored-role.ts'

/** Which of the people are members of the workspace who see the project; no bot is. */
export async function memberIds(
  trx: Knex.Transaction,
  { workspaceId, projectId }: { workspaceId: string; projectId: string },
  userIds: readonly string[],
): Promise<Set<string>> {
  const members = [...(await standings(trx, workspaceId, userIds))]
  const seers = members.filter(
    ([, each]) => each.role !== 'bot' && may(standingIn(each, projectId).rights, 'board.read'),
  )
  return new Set(seers.map(([userId]) => userId))
}
