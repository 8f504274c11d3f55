import type { Knex } from 'knex'
import { actAs, THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import type { DueFollowUp, FollowUpHandler } from '#core/platform/follow-up.ts'

/**
 * Does what an outbox row asks for and marks it as done, both or neither. Asked again, or by two
 * at a time, it is done once: the mark is set first, and whoever comes second waits at it.
 */
export async function doOnce(
  database: Knex,
  outboxId: string,
  handler: FollowUpHandler,
): Promise<void> {
  await writeAs(database, THE_HOUSE, async (trx) => {
    const [due] = await trx('outbox')
      .where({ id: outboxId })
      .whereNull('done_at')
      .update({ done_at: trx.fn.now() })
      .returning<DueFollowUp[]>([
        'id',
        'workspace_id as workspaceId',
        'effect_key as effectKey',
        'payload',
      ])
    if (!due) return
    const { workspaceId } = due
    await Promise.all([actAs(trx, { workspaceId }), handler(trx, due)])
  })
}
