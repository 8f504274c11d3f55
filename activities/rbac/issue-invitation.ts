import type { Knex } from 'knex'
import { INVITATION_LETTERS_PER_ADDRESS_MAX } from '#core/kernel/limits.ts'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { takeTurn } from '#core/platform/take-turn.ts'
import { invitationHash, newInvitationToken } from './invitation-token.ts'

/** What stands in the letter. */
export interface Issued {
  readonly token: string
  readonly email: string
  readonly workspace: string
  readonly invitedBy: string
}

type Row = Omit<Issued, 'token'> & { readonly workspaceId: string }

/**
 * Makes the link of an invitation, in place of one it had, and has it sent; nothing happens when the
 * invitation is no longer open, or its address has had enough letters of this kind in this hour.
 */
export async function issueInvitation(
  database: Knex,
  invitationId: string,
  send: (issued: Issued) => Promise<void>,
): Promise<void> {
  // The house, because letters to an address are counted over all workspaces.
  await writeAs(database, THE_HOUSE, async (trx) => {
    const found = await openInvitation(trx, invitationId)
    if (!found) return
    const { workspaceId, ...letter } = found
    await takeTurn(trx, 'invitations-to', letter.email)
    if (await hasEnough(trx, letter.email, invitationId)) return
    const token = newInvitationToken(workspaceId)
    await trx('invitations')
      .where({ id: invitationId })
      .update({ token_hash: invitationHash(token), sent_at: trx.fn.now() })
    // A letter that is not taken leaves the link of the one before.
    await send({ token, ...letter })
  })
}

async function openInvitation(
  trx: Knex.Transaction,
  invitationId: string,
): Promise<Row | undefined> {
  const { rows } = await trx.raw<{ rows: Row[] }>(
    `select i.workspace_id as "workspaceId", i.email, w.name as workspace, u.name as "invitedBy"
     from invitations i
     join workspaces w on w.id = i.workspace_id and w.deleted_at is null
     join users u on u.id = i.invited_by
     where i.id = ? and i.ended_at is null and i.expires_at > now()`,
    [invitationId],
  )
  return rows[0]
}

async function hasEnough(
  trx: Knex.Transaction,
  email: string,
  invitationId: string,
): Promise<boolean> {
  const { rows } = await trx.raw<{ rows: { sent: number }[] }>(
    `select count(*)::int as sent from invitations
     where email = ? and id <> ? and sent_at > now() - interval '1 hour'`,
    [email, invitationId],
  )
  return rows[0]!.sent >= INVITATION_LETTERS_PER_ADDRESS_MAX
}
