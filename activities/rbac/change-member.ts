import type { Knex } from 'knex'
import { writeAs } from '#core/platform/acting-as.ts'
import type { AuditLine } from '#core/platform/audit-line.ts'
import { takeTurn } from '#core/platform/take-turn.ts'
import { newId } from '#core/kernel/ids.ts'
import { rolesToGive } from '#core/kernel/member-rights.ts'
import type { Role } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'

// One of the doors that write without a workflow: who may come in is asked on every request, and
// must not wait for an engine.

/** A change somebody asks for: another role, or none any more. */
export interface MemberChange {
  readonly workspaceId: string
  readonly actorId: string
  readonly userId: string
  readonly role: Role | null
  readonly requestId: string
  readonly ip: string
}

export type RecordAudit = (trx: Knex.Transaction, lines: readonly AuditLine[]) => Promise<void>

/**
 * Gives a member another role, or takes them out. Owners change everybody, admins all but owners and
 * into all but owner, and everybody may leave; somebody stays owner. Refuses with member.not_found,
 * permission.denied or member.last_owner.
 */
export async function changeMember(
  database: Knex,
  change: MemberChange,
  recordAudit: RecordAudit,
): Promise<void> {
  const { workspaceId, actorId, userId, role } = change
  await writeAs(database, { userId: actorId, workspaceId }, async (trx) => {
    // In turn: of two owners who leave at once, one is the last.
    await takeTurn(trx, 'members', workspaceId)
    const roles = await rolesOf(trx, workspaceId)
    const before = roles.get(userId)
    if (!before) throw new Refusal('member.not_found', 'There is no such member.')
    refuseBeyondRights(roles, change, before)
    // Before the change: who leaves may not write afterwards.
    await recordAudit(trx, [lineOf(change, before)])
    const member = trx('workspace_members').where({ workspace_id: workspaceId, user_id: userId })
    await (role === null ? member.delete() : member.update({ role }))
  })
}

async function rolesOf(trx: Knex.Transaction, workspaceId: string): Promise<Map<string, Role>> {
  const rows = await trx('workspace_members')
    .where({ workspace_id: workspaceId })
    .select('user_id', 'role')
  return new Map(rows.map((row: { user_id: string; role: Role }) => [row.user_id, row.role]))
}

function refuseBeyondRights(
  roles: ReadonlyMap<string, Role>,
  { actorId, userId, role }: MemberChange,
  before: Role,
): void {
  const own = roles.get(actorId)
  const isLeaving = role === null && actorId === userId
  const given = own ? rolesToGive(own, before) : []
  const mayChange = role === null ? given.length > 0 : given.includes(role)
  if (!mayChange && !isLeaving) {
    throw new Refusal('permission.denied', 'Your role does not allow to change this member.')
  }
  const owners = [...roles.values()].filter((each) => each === 'owner').length
  if (before === 'owner' && role !== 'owner' && owners === 1) {
    throw new Refusal(
      'member.last_owner',
      'A workspace keeps an owner: make somebody else one first.',
    )
  }
}

const lineOf = (change: MemberChange, before: Role): AuditLine => ({
  id: newId(),
  workspaceId: change.workspaceId,
  actorId: change.actorId,
  action: change.role === null ? 'member.remove' : 'member.role',
  decision: 'allowed',
  reason: null,
  targetKind: 'user',
  targetId: change.userId,
  before: { role: before },
  after: { role: change.role },
  commandId: null,
  workflowId: null,
  requestId: change.requestId,
  ip: change.ip,
})
