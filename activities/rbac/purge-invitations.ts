import type { Knex } from 'knex'
import { INVITATION_KEPT_DAYS } from '#core/kernel/limits.ts'
import { inBatches } from '#core/platform/in-batches.ts'

/**
 * Forgets invitations a while after they are over, and with them the addresses of who never came;
 * until then they stand in the list, to be sent again. Answers how many.
 */
export async function purgeInvitations(database: Knex): Promise<number> {
  return await inBatches(database, async (trx, rowsMax) => {
    const over = trx('invitations')
      .whereRaw(`expires_at < now() - interval '1 day' * ?`, [INVITATION_KEPT_DAYS])
      .limit(rowsMax)
    return await trx('invitations').whereIn('id', over.select('id')).delete()
  })
}
