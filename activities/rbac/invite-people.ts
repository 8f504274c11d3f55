import type { Knex } from 'knex'
import type { NewInvitations } from '#core/contracts/invitations.ts'
import { newId } from '#core/kernel/ids.ts'
import { INVITATION_KEPT_DAYS, INVITATIONS_PER_WORKSPACE_MAX } from '#core/kernel/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { takeTurn } from '#core/platform/take-turn.ts'
import type { RecordAudit } from './asking.ts'
import {
  invitationLine,
  refuseBeyondRights,
  refuseTooManyLetters,
  type Inviting,
} from './inviting.ts'
import { roleGiven } from './role-given.ts'
import { told, type StoredRole } from './stored-role.ts'

/** An invitation, and where its letter goes. */
export interface Invited {
  readonly invitationId: string
  readonly email: string
}

/**
 * Invites people to a workspace, all of them or nobody; whether they have accounts is not asked.
 * Refuses with permission.denied, role.not_found, member.exists, invitation.exists,
 * invitation.limit or request.too_many.
 */
export async function invitePeople(
  database: Knex,
  asking: Inviting,
  { emails, ...given }: NewInvitations,
  recordAudit: RecordAudit,
): Promise<Invited[]> {
  const { actorId, workspaceId } = asking
  return await writeAs(database, { userId: actorId, workspaceId }, async (trx) => {
    await takeTurn(trx, 'members', workspaceId)
    const role = await roleGiven(trx, workspaceId, given)
    await refuseBeyondRights(trx, asking, role)
    await refuseMembers(trx, workspaceId, emails)
    await endOld(trx, workspaceId, emails)
    await refuseInvited(trx, workspaceId, emails)
    await refuseTooManyLetters(trx, workspaceId, emails.length)
    const invited = emails.map((email) => ({ invitationId: newId(), email }))
    await trx('invitations').insert(invited.map((each) => rowOf(trx, asking, each, role)))
    const lines = invited.map(({ invitationId, email }) =>
      invitationLine(asking, 'invitation.create', invitationId, null, { email, ...told(role) }),
    )
    await recordAudit(trx, lines)
    return invited
  })
}

const rowOf = (
  trx: Knex.Transaction,
  { actorId, workspaceId }: Inviting,
  { invitationId, email }: Invited,
  { role, roleId }: StoredRole,
) => ({
  id: invitationId,
  workspace_id: workspaceId,
  email,
  role,
  role_id: roleId,
  invited_by: actorId,
  expires_at: trx.raw(`now() + interval '1 day' * ?`, [INVITATION_KEPT_DAYS]),
})

async function refuseMembers(
  trx: Knex.Transaction,
  workspaceId: string,
  emails: readonly string[],
): Promise<void> {
  const { rows } = await trx.raw<{ rows: { email: string }[] }>(
    `select lower(u.email) as email from workspace_members m join users u on u.id = m.user_id
     where m.workspace_id = ? and lower(u.email) = any (?)`,
    [workspaceId, [...emails]],
  )
  refuseThose(rows, 'member.exists', 'The address is that of a member.')
}

/** What is over makes room for a new one. */
async function endOld(
  trx: Knex.Transaction,
  workspaceId: string,
  emails: readonly string[],
): Promise<void> {
  await trx('invitations')
    .where({ workspace_id: workspaceId, ended_at: null })
    .whereIn('email', emails)
    .where('expires_at', '<=', trx.fn.now())
    .update({ ended_at: trx.fn.now() })
}

async function refuseInvited(
  trx: Knex.Transaction,
  workspaceId: string,
  emails: readonly string[],
): Promise<void> {
  const open = trx('invitations').where({ workspace_id: workspaceId, ended_at: null })
  const rows = await open.clone().whereIn('email', emails).select<{ email: string }[]>('email')
  refuseThose(rows, 'invitation.exists', 'The address is invited already.')
  const all = await open.count().first()
  if (Number(all?.['count']) + emails.length <= INVITATIONS_PER_WORKSPACE_MAX) return
  throw new Refusal(
    'invitation.limit',
    `A workspace has at most ${INVITATIONS_PER_WORKSPACE_MAX} open invitations.`,
  )
}

function refuseThose(rows: readonly { email: string }[], code: string, message: string): void {
  if (rows.length > 0) throw new Refusal(code, message, { emails: rows.map(({ email }) => email) })
}
