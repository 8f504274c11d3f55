import type { Knex } from 'knex'
import { DELETED_KEPT_DAYS } from '#core/kernel/limits.ts'
import { inBatches } from '#core/platform/in-batches.ts'

/**
 * Removes the attachments nobody can bring back any more; their files go when nothing names them.
 * One that somebody is bringing back this moment is locked, and left alone.
 */
export async function purgeRemovedAttachments(database: Knex): Promise<number> {
  return await inBatches(database, async (trx, rowsMax) => {
    const { rowCount } = await trx.raw<{ rowCount: number }>(
      `delete from attachments where id in (
         select id from attachments where deleted_at < now() - interval '1 day' * ?
         limit ? for update skip locked
       )`,
      [DELETED_KEPT_DAYS, rowsMax],
    )
    return rowCount
  })
}
