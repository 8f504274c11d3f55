import type { Knex } from 'knex'
import type { ProjectRoleGiven } from '#core/contracts/members.ts'
import {
  keepsRights,
  mayGive,
  NOBODY,
  standingIn,
  type Standing,
} from '#core/kernel/member-rights.ts'
import { may } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { takeTurn } from '#core/platform/take-turn.ts'
import { leaveShutProjects } from '#activities/projects/queries.ts'
import { lineOf, type Asking, type RecordAudit } from './asking.ts'
import { roleGiven } from './role-given.ts'
import { standings } from './standings.ts'
import { roleColumns, standingOf, told, type RoleRow, type StoredRole } from './stored-role.ts'

// One of the doors that write without a workflow, as change-member.ts is.

/** What somebody is to be in a project; with null again what they are in its workspace. */
export interface ProjectRoleChange extends Asking {
  readonly workspaceId: string
  readonly projectId: string
  /** Null for everybody of whom nothing else is said. */
  readonly userId: string | null
  readonly given: ProjectRoleGiven | null
}

/**
 * Gives a member, or everybody else, another role in one project, or takes that away again. Whoever
 * manages people there neither gives nor takes away more than they hold there. Refuses with
 * member.not_found, member.not_named, member.keeps_rights, role.not_found or permission.denied.
 */
export async function changeProjectRole(
  database: Knex,
  change: ProjectRoleChange,
  recordAudit: RecordAudit,
): Promise<void> {
  const { workspaceId, projectId, actorId, userId, given } = change
  await writeAs(database, { userId: actorId, workspaceId }, async (trx) => {
    await takeTurn(trx, 'members', workspaceId)
    const after = given && (await roleGiven(trx, workspaceId, given))
    const before = await roleNow(trx, projectId, userId)
    await refuseBeyondRights(trx, change, before, after)
    // Before the change: who takes their own rights away may not write afterwards.
    const what = { workspaceId, action: 'project.role', targetKind: 'project', targetId: projectId }
    const changes = { before: toldOf(userId, before), after: toldOf(userId, after) }
    await recordAudit(trx, [lineOf(change, { ...what, ...changes })])
    await write(trx, change, before, after)
    await leaveShutProjects(trx, workspaceId)
  })
}

async function write(
  trx: Knex.Transaction,
  { workspaceId, projectId, userId }: ProjectRoleChange,
  before: StoredRole | null,
  after: StoredRole | null,
): Promise<void> {
  const there = trx('project_roles').where({ project_id: projectId, user_id: userId })
  if (!after) return void (await there.delete())
  const role = { role: after.role, role_id: after.roleId }
  const row = { workspace_id: workspaceId, project_id: projectId, user_id: userId, ...role }
  await (before ? there.update(role) : trx('project_roles').insert(row))
}

async function roleNow(
  trx: Knex.Transaction,
  projectId: string,
  userId: string | null,
): Promise<StoredRole | null> {
  const { rows } = await trx.raw<{ rows: RoleRow[] }>(
    `select ${roleColumns('o')} from project_roles o
     where o.project_id = ? and o.user_id is not distinct from ?`,
    [projectId, userId],
  )
  return rows[0] ? standingOf(rows[0]) : null
}

async function refuseBeyondRights(
  trx: Knex.Transaction,
  change: ProjectRoleChange,
  before: Standing | null,
  after: Standing | null,
): Promise<void> {
  const { workspaceId, projectId, actorId, userId } = change
  const members = await standings(trx, workspaceId, [actorId, ...(userId ? [userId] : [])])
  const own = members.get(actorId)
  const theirs = userId === null ? NOBODY : changeable(members.get(userId))
  const otherwise = (userId && (await roleNow(trx, projectId, null))) || theirs
  const [now, given] = [before ?? otherwise, after ?? otherwise]
  if (!own || !mayGive(standingIn(own, projectId), now, given)) {
    throw new Refusal('permission.denied', 'Your role does not allow to change this here.')
  }
  if (userId === null && !keepsRights(own)) await refuseShuttingSelfOut(trx, change, after)
}

/** Who says of everybody that they manage nobody there could not take it back. */
async function refuseShuttingSelfOut(
  trx: Knex.Transaction,
  { projectId, actorId }: ProjectRoleChange,
  after: Standing | null,
): Promise<void> {
  if (!after || may(after.rights, 'members.manage') || (await roleNow(trx, projectId, actorId)))
    return
  throw new Refusal('member.not_named', 'Say first what you are in this project yourself.')
}

function changeable(member: Standing | undefined): Standing {
  if (!member || member.role === 'bot')
    throw new Refusal('member.not_found', 'There is no such member.')
  if (!keepsRights(member)) return member
  throw new Refusal(
    'member.keeps_rights',
    'Owners and admins of the workspace are that in every project.',
  )
}

const toldOf = (userId: string | null, there: StoredRole | null) => ({
  userId,
  ...(there ? told(there) : { role: null }),
})
