import type { Knex } from 'knex'
import { endApiTokens } from './api-tokens.ts'
import { endOtherSessions } from './sessions.ts'

interface Change {
  readonly userId: string
  readonly passwordHash: string
  /** The session that goes on, if one does. */
  readonly sessionId: string | null
}

/**
 * Gives somebody a new password; with the old one end their other sessions, the tokens of their
 * programs and the links that were on their way. This is one of the doors that write without a workflow, as signing in is.
 */
export async function setPassword(
  database: Knex,
  { userId, passwordHash, sessionId }: Change,
): Promise<void> {
  await database.transaction(async (trx) => {
    await trx.raw('update users set password_hash = ? where id = ?', [passwordHash, userId])
    await trx.raw('delete from password_resets where user_id = ?', [userId])
    await endOtherSessions(trx, userId, sessionId)
    await endApiTokens(trx, userId)
  })
}
