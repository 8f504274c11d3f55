import type { Knex } from 'knex'
import { inBatches } from '#core/platform/in-batches.ts'

/** Longer than workflows are kept, or one replayed late would apply its commands twice. */
const OUTCOMES_KEPT_DAYS = 35
const DONE_FOLLOW_UPS_KEPT_DAYS = 7

/** Forgets the outcomes no workflow can ask for any more; answers how many. */
export async function purgeOutcomes(database: Knex): Promise<number> {
  return await inBatches(database, async (trx, rowsMax) => {
    const { rowCount } = await trx.raw<{ rowCount: number }>(
      `delete from outcomes where (actor_id, command_id) in (
         select actor_id, command_id from outcomes
         where created_at < now() - interval '1 day' * ? limit ?
       )`,
      [OUTCOMES_KEPT_DAYS, rowsMax],
    )
    return rowCount
  })
}

/** Forgets the rows of the outbox whose effect was done long ago; answers how many. */
export async function purgeOutbox(database: Knex): Promise<number> {
  return await inBatches(database, async (trx, rowsMax) => {
    const { rowCount } = await trx.raw<{ rowCount: number }>(
      `delete from outbox where id in (
         select id from outbox where done_at < now() - interval '1 day' * ? limit ?
       )`,
      [DONE_FOLLOW_UPS_KEPT_DAYS, rowsMax],
    )
    return rowCount
  })
}
