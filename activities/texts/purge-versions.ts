import type { Knex } from 'knex'
import { inBatches } from '#core/platform/in-batches.ts'

/** Forgets what texts were like on days long past; answers how many versions. */
export async function purgeVersions(database: Knex): Promise<number> {
  return await inBatches(database, async (trx, rowsMax) => {
    const { rowCount } = await trx.raw<{ rowCount: number }>(
      `delete from crdt_history where id in (
         select id from crdt_history where expires_at < now() limit ?
       )`,
      [rowsMax],
    )
    return rowCount
  })
}
