import type { Knex } from 'knex'
import type { DueFollowUp, FollowUpHandler } from '#core/platform/follow-up.ts'

/**
 * Does what an outbox row asks for and marks it as done, both or neither. Asked again, or by two
 * at a time, it is done once.
 */
export async function doOnce(
  database: Knex,
  outboxId: string,
  handler: FollowUpHandler,
): Promise<void> {
  await database.transaction(async (trx) => {
    const due = await trx('outbox')
      .where({ id: outboxId })
      .whereNull('done_at')
      .forUpdate()
      .first<DueFollowUp | undefined>({
        id: 'id',
        workspaceId: 'workspace_id',
        effectKey: 'effect_key',
        payload: 'payload',
      })
    if (!due) return
    await handler(trx, due)
    await trx('outbox').where({ id: outboxId }).update({ done_at: trx.fn.now() })
  })
}
