import type { Knex } from 'knex'
import { INVITATION_AGAIN_AFTER_S, INVITATION_KEPT_DAYS } from '#core/kernel/limits.ts'
import type { MemberRole } from '#core/kernel/permissions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { takeTurn } from '#core/platform/take-turn.ts'
import type { RecordAudit } from './asking.ts'
import type { Invited } from './invite-people.ts'
import {
  invitationLine,
  refuseBeyondRights,
  refuseTooManyLetters,
  tooMany,
  type Inviting,
} from './inviting.ts'
import { roleOf } from './role-given.ts'
import { told, type StoredRole } from './stored-role.ts'

interface Open {
  readonly email: string
  readonly given: StoredRole
  /** Seconds since a letter was asked for. */
  readonly askedS: number
}

/**
 * Renews an invitation, which from here on is the caller's, for a letter with a new link. Refuses
 * with invitation.not_found, permission.denied, invitation.too_soon or request.too_many.
 */
export async function renewInvitation(
  database: Knex,
  asking: Inviting,
  invitationId: string,
  recordAudit: RecordAudit,
): Promise<Invited> {
  return await change(database, asking, invitationId, async (trx, { email, given, askedS }) => {
    if (askedS < INVITATION_AGAIN_AFTER_S)
      throw tooMany('invitation.too_soon', INVITATION_AGAIN_AFTER_S - askedS)
    await refuseTooManyLetters(trx, asking.workspaceId, 1)
    await trx('invitations')
      .where({ id: invitationId })
      .update({
        invited_by: asking.actorId,
        asked_at: trx.fn.now(),
        expires_at: trx.raw(`now() + interval '1 day' * ?`, [INVITATION_KEPT_DAYS]),
      })
    const after = { email, ...told(given) }
    await recordAudit(trx, [invitationLine(asking, 'invitation.renew', invitationId, null, after)])
    return { invitationId, email }
  })
}

/** Takes an invitation back. Refuses with invitation.not_found or permission.denied. */
export async function takeBackInvitation(
  database: Knex,
  asking: Inviting,
  invitationId: string,
  recordAudit: RecordAudit,
): Promise<void> {
  await change(database, asking, invitationId, async (trx, { email, given }) => {
    await trx('invitations').where({ id: invitationId }).update({ ended_at: trx.fn.now() })
    const before = { email, ...told(given) }
    await recordAudit(trx, [
      invitationLine(asking, 'invitation.take_back', invitationId, before, null),
    ])
  })
}

/** In turn with whoever accepts it, and only for who might have given what it gives. */
async function change<Result>(
  database: Knex,
  asking: Inviting,
  invitationId: string,
  work: (trx: Knex.Transaction, open: Open) => Promise<Result>,
): Promise<Result> {
  const { actorId, workspaceId } = asking
  return await writeAs(database, { userId: actorId, workspaceId }, async (trx) => {
    await takeTurn(trx, 'members', workspaceId)
    const open = await openInvitation(trx, workspaceId, invitationId)
    await refuseBeyondRights(trx, asking, open.given)
    return await work(trx, open)
  })
}

type Row = Omit<Open, 'given'> & { readonly role: MemberRole; readonly roleId: string | null }

async function openInvitation(
  trx: Knex.Transaction,
  workspaceId: string,
  invitationId: string,
): Promise<Open> {
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `select email, role, role_id as "roleId", extract(epoch from now() - asked_at)::float as "askedS"
     from invitations where workspace_id = ? and id = ? and ended_at is null`,
    [workspaceId, invitationId],
  )
  const [row] = rows
  if (!row) throw new Refusal('invitation.not_found', 'There is no such invitation.')
  return { ...row, given: await roleOf(trx, workspaceId, row) }
}
