import type { Knex } from 'knex'
import { Refusal } from '#core/kernel/refusal.ts'

/**
 * Marks notifications as read. One of the doors that write without a workflow: whether somebody
 * has looked at their inbox is no action on a board, and there is nothing to follow or take back.
 */
export async function markRead(
  trx: Knex.Transaction,
  userId: string,
  which: { ids: readonly string[] } | { all: true },
): Promise<void> {
  if ('all' in which) {
    const sql =
      'update notifications set read_at = now() where user_id = ? and in_inbox and read_at is null'
    await trx.raw(sql, [userId])
    return
  }
  const ids = [...new Set(which.ids)]
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    `update notifications set read_at = coalesce(read_at, now())
     where user_id = ? and in_inbox and id = any(?::uuid[])`,
    [userId, ids],
  )
  if (rowCount === ids.length) return
  throw new Refusal('notification.not_found', 'There is no such notification.')
}
