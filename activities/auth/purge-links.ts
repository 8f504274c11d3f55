import type { Knex } from 'knex'
import { inBatches } from '#core/platform/in-batches.ts'

const LINKS = ['password_resets', 'sign_ups', 'email_changes'] as const

/** Forgets the links that are over, and with them whoever never followed one; answers how many. */
export async function purgeLinks(database: Knex): Promise<number> {
  let purged = 0
  for (const table of LINKS) {
    purged += await inBatches(database, async (trx, rowsMax) => {
      const over = trx(table).where('expires_at', '<', trx.fn.now()).limit(rowsMax)
      return await trx(table).whereIn('token_hash', over.select('token_hash')).delete()
    })
  }
  return purged
}
