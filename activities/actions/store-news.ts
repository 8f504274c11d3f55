import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import type { FollowUp, Locks, NewEvent } from '#core/platform/handler.ts'
import { insertRows } from '#core/platform/insert-rows.ts'
import { takeEventNumbers } from '#activities/projects/queries.ts'
import { eventRow } from './store-effects.ts'

/** What happened on boards without an action, and what follows from it. */
export interface News {
  readonly workspaceId: string
  /** By whom; their boards are locked. */
  readonly actorId: string
  readonly locks: Locks
  readonly events: readonly NewEvent[]
  readonly follow: readonly FollowUp[]
}

/** Numbers and writes news as those of an action are; viewers are told within two seconds. */
export async function storeNews(trx: Knex.Transaction, news: News): Promise<void> {
  const { workspaceId, actorId, locks, events, follow } = news
  const commandId = newId()
  const at = new Date().toISOString()
  const rows = []
  for (const event of events) {
    const { numbers, counted } = await takeEventNumbers(trx, locks, new Map([[event.boardId, 1]]))
    await counted
    const offset = numbers.get(event.boardId)!.last
    rows.push(eventRow({ ...event, offset, actorId, commandId, at }, workspaceId))
  }
  await insertRows(trx, 'board_events', rows)
  await insertRows(
    trx,
    'outbox',
    follow.map(({ topic, payload }, index) => ({
      id: newId(),
      workspace_id: workspaceId,
      topic,
      effect_key: `${actorId}/${commandId}/${index}`,
      payload,
    })),
  )
}
