import type { Knex } from 'knex'
import type { NewInvitations } from '#core/contracts/invitations.ts'
import { newId } from '#core/kernel/ids.ts'
import { INVITATION_KEPT_DAYS, INVITATIONS_PER_WORKSPACE_MAX } from '#core/kernel/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { takeTurn } from '#core/platform/take-turn.ts'
import type { RecordAudit } from './asking.ts'
import { invitedBefore } from './invited-before.ts'
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

/** The invitations in the order of their addresses, and those a letter is to be written for. */
interface Invitations {
  readonly ids: readonly string[]
  readonly unwritten: readonly Invited[]
}

/**
 * Invites people to a workspace, all of them or nobody; whether they have accounts is not asked.
 * Asked again with the same key it answers the same, and nobody gets a second letter. Refuses with
 * permission.denied, role.not_found, member.exists, invitation.exists, invitation.limit,
 * request.too_many or command.key_reused.
 */
export async function invitePeople(
  database: Knex,
  asking: Inviting,
  { emails, key, ...given }: NewInvitations & { readonly key: string },
  recordAudit: RecordAudit,
): Promise<Invitations> {
  const { actorId, workspaceId } = asking
  return await writeAs(database, { userId: actorId, workspaceId }, async (trx) => {
    await takeTurn(trx, 'members', workspaceId)
    const role = await roleGiven(trx, workspaceId, given)
    await refuseBeyondRights(trx, asking, role)
    const before = await invitedBefore(trx, workspaceId, { key, emails, role })
    if (before) return { ids: before, unwritten: [] }
    await refuseMembers(trx, workspaceId, emails)
    await endOld(trx, workspaceId, emails)
    await refuseInvited(trx, workspaceId, emails)
    await refuseTooManyLetters(trx, workspaceId, emails.length)
    const invited = emails.map((email) => ({ invitationId: newId(), email }))
    await trx('invitations').insert(invited.map((each) => rowOf(trx, asking, each, role, key)))
    const lines = invited.map(({ invitationId, email }) =>
      invitationLine(asking, 'invitation.create', invitationId, null, { email, ...told(role) }),
    )
    await recordAudit(trx, lines)
    return { ids: invited.map(({ invitationId }) => invitationId), unwritten: invited }
  })
}

const rowOf = (
  trx: Knex.Transaction,
  { actorId, workspaceId }: Inviting,
  { invitationId, email }: Invited,
  { role, roleId }: StoredRole,
  key: string,
) => ({
  id: invitationId,
  workspace_id: workspaceId,
  email,
  role,
  role_id: roleId,
  invited_by: actorId,
  asked_with: key,
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
