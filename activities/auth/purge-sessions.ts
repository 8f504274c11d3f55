import type { Knex } from 'knex'
import { inBatches } from '#core/platform/in-batches.ts'

/** Forgets the refresh tokens that are over; answers how many. */
export async function purgeSessions(database: Knex): Promise<number> {
  return await inBatches(database, async (trx, rowsMax) => {
    const { rowCount } = await trx.raw<{ rowCount: number }>(
      'delete from sessions where id in (select id from sessions where expires_at < now() limit ?)',
      [rowsMax],
    )
    return rowCount
  })
}
