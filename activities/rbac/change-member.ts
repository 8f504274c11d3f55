import type { Knex } from 'knex'
import { leaveBoards, leaveShutProjects } from '#activities/projects/queries.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { takeTurn } from '#core/platform/take-turn.ts'
import type { RoleGiven } from '#core/contracts/members.ts'
import { mayGive } from '#core/kernel/member-rights.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { lineOf, type Asking, type RecordAudit } from './asking.ts'
import { roleGiven } from './role-given.ts'
import { roleColumns, standingOf, told, type RoleRow, type StoredRole } from './stored-role.ts'

// One of the doors that write without a workflow: who may come in is asked on every request, and
// must not wait for an engine.

/** A change somebody asks for: another role, or none any more. */
export interface MemberChange extends Asking {
  readonly workspaceId: string
  readonly userId: string
  readonly given: RoleGiven | null
}

/**
 * Gives a member another role, or takes them out. Owners change everybody; who else manages members
 * neither gives nor takes away more than they hold; everybody may leave; somebody stays owner.
 * Refuses with member.not_found, role.not_found, permission.denied or member.last_owner.
 */
export async function changeMember(
  database: Knex,
  change: MemberChange,
  recordAudit: RecordAudit,
): Promise<void> {
  const { workspaceId, actorId, userId, given } = change
  await writeAs(database, { userId: actorId, workspaceId }, async (trx) => {
    // In turn: of two owners who leave at once, one is the last.
    await takeTurn(trx, 'members', workspaceId)
    const members = await membersNow(trx, workspaceId)
    const before = members.get(userId)
    if (!before) throw new Refusal('member.not_found', 'There is no such member.')
    const after = given && (await roleGiven(trx, workspaceId, given))
    refuseBeyondRights(members, change, before, after)
    // Before the change: who leaves may not write afterwards.
    await recordAudit(trx, [line(change, before, after)])
    const member = trx('workspace_members').where({ workspace_id: workspaceId, user_id: userId })
    if (!after) await leaveBoards(trx, change)
    await (after ? member.update({ role: after.role, role_id: after.roleId }) : member.delete())
    // An admin sees private projects, and who is that no more does not.
    if (after) await leaveShutProjects(trx, workspaceId)
  })
}

async function membersNow(
  trx: Knex.Transaction,
  workspaceId: string,
): Promise<Map<string, StoredRole>> {
  const { rows } = await trx.raw<{ rows: (RoleRow & { userId: string })[] }>(
    `select m.user_id as "userId", ${roleColumns('m')} from workspace_members m
     where m.workspace_id = ? and m.role <> 'bot'`,
    [workspaceId],
  )
  return new Map(rows.map((row) => [row.userId, standingOf(row)]))
}

function refuseBeyondRights(
  members: ReadonlyMap<string, StoredRole>,
  { actorId, userId }: MemberChange,
  before: StoredRole,
  after: StoredRole | null,
): void {
  const own = members.get(actorId)
  const isLeaving = after === null && actorId === userId
  if (!isLeaving && !(own && mayGive(own, before, after))) {
    throw new Refusal('permission.denied', 'Your role does not allow to change this member.')
  }
  const owners = [...members.values()].filter(({ role }) => role === 'owner').length
  if (before.role === 'owner' && after?.role !== 'owner' && owners === 1) {
    throw new Refusal(
      'member.last_owner',
      'A workspace keeps an owner: make somebody else one first.',
    )
  }
}

const line = (change: MemberChange, before: StoredRole, after: StoredRole | null) =>
  lineOf(change, {
    workspaceId: change.workspaceId,
    action: change.given === null ? 'member.remove' : 'member.role',
    targetKind: 'user',
    targetId: change.userId,
    before: told(before),
    after: after ? told(after) : { role: null },
  })
