import type { Knex } from 'knex'
import type { UserView } from '#core/contracts/views.ts'
import { mayInvite } from '#core/kernel/member-rights.ts'
import type { MemberRole } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { actAs } from '#core/platform/acting-as.ts'
import { takeTurn } from '#core/platform/take-turn.ts'
import type { Asking, RecordAudit } from './asking.ts'
import { invitationHash, workspaceOfToken } from './invitation-token.ts'
import { invitationLine } from './inviting.ts'
import { roleOf } from './role-given.ts'
import { standings } from './standings.ts'
import { told, type StoredRole } from './stored-role.ts'

// One of the doors that write without a workflow: a person comes in, and is asked for at once.

interface Found {
  readonly id: string
  readonly email: string
  readonly role: MemberRole
  readonly roleId: string | null
  readonly invitedBy: string
  readonly acceptedBy: string | null
  readonly isOpen: boolean
}

/**
 * Makes somebody a member by the token of an invitation to their address, in the caller's transaction,
 * which from here on acts for them. Answers the id of the workspace, also the second time. Refuses with
 * invitation.over, invitation.other_address or invitation.inviter_may_not.
 */
export async function acceptInvitation(
  trx: Knex.Transaction,
  token: string,
  user: UserView,
  from: Omit<Asking, 'actorId'>,
  recordAudit: RecordAudit,
): Promise<string> {
  const workspaceId = workspaceOfToken(token)
  if (workspaceId === null) throw over()
  // The workspace lets them in: they are nobody there yet.
  await actAs(trx, { workspaceId })
  await takeTurn(trx, 'members', workspaceId)
  const found = await invitationNow(trx, workspaceId, token)
  if (!found) throw over()
  const isIn = (await standings(trx, workspaceId, [user.id])).has(user.id)
  if (found.acceptedBy === user.id && isIn) return workspaceId
  if (!found.isOpen) throw over()
  if (found.email !== user.email.toLowerCase()) {
    throw new Refusal('invitation.other_address', 'The invitation is for another address.')
  }
  const given = await roleOf(trx, workspaceId, found)
  await refuseBeyondInviter(trx, workspaceId, found.invitedBy, given)
  // Whoever is in already stays what they are.
  if (!isIn) await join(trx, workspaceId, user.id, given)
  await trx('invitations')
    .where({ id: found.id })
    .update({ ended_at: trx.fn.now(), accepted_by: user.id })
  await actAs(trx, { userId: user.id, workspaceId })
  const after = { invitedBy: found.invitedBy, ...(!isIn && told(given)) }
  const accepting = { ...from, actorId: user.id, workspaceId }
  await recordAudit(trx, [invitationLine(accepting, 'invitation.accept', found.id, null, after)])
  return workspaceId
}

async function invitationNow(
  trx: Knex.Transaction,
  workspaceId: string,
  token: string,
): Promise<Found | undefined> {
  const { rows } = await trx.raw<{ rows: Found[] }>(
    `select i.id, i.email, i.role, i.role_id as "roleId", i.invited_by as "invitedBy",
       i.accepted_by as "acceptedBy", i.ended_at is null and i.expires_at > now() as "isOpen"
     from invitations i join workspaces w on w.id = i.workspace_id and w.deleted_at is null
     where i.workspace_id = ? and i.token_hash = ?`,
    [workspaceId, invitationHash(token)],
  )
  return rows[0]
}

/** The right by which somebody is taken in is the inviter's, and it is asked for now. */
async function refuseBeyondInviter(
  trx: Knex.Transaction,
  workspaceId: string,
  inviterId: string,
  given: StoredRole,
): Promise<void> {
  const inviter = (await standings(trx, workspaceId, [inviterId])).get(inviterId)
  if (inviter && mayInvite(inviter, given)) return
  throw new Refusal(
    'invitation.inviter_may_not',
    'Whoever invited you may no longer give this role. Ask to be invited anew.',
  )
}

async function join(
  trx: Knex.Transaction,
  workspaceId: string,
  userId: string,
  { role, roleId }: StoredRole,
): Promise<void> {
  const member = { workspace_id: workspaceId, user_id: userId, role, role_id: roleId }
  await trx('workspace_members').insert(member)
}

const over = () =>
  new Refusal('invitation.over', 'The invitation was used or taken back, or is over.')
