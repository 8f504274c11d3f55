import type { Knex } from 'knex'
import type { BoardEvent } from '#core/contracts/events.ts'
import { CHANGES_BYTES_MAX } from './told-event.ts'

interface EventRow {
  readonly boardId: string
  readonly offset: number
  readonly type: string
  readonly cardId: string | null
  readonly actorId: string
  readonly commandId: string
  readonly body: Partial<BoardEvent>
  readonly changes: BoardEvent['changes'] | null
  readonly at: Date
}

/**
 * What happened on a board after the event numbered `offset`, in order, at most `eventsMax`, as
 * viewers are told of it: long texts are not even read.
 */
export async function boardEventsAfter(
  db: Knex,
  boardId: string,
  offset: number,
  eventsMax: number,
): Promise<BoardEvent[]> {
  const { rows } = await db.raw<{ rows: EventRow[] }>(
    `select board_id as "boardId", seq as offset, type, card_id as "cardId",
       actor_id as "actorId", command_id as "commandId", body, created_at as at,
       case when octet_length(changes::text) <= ? then nullif(changes, '{}') end as changes
     from board_events
     where board_id = ? and seq > ?
     order by seq
     limit ?`,
    [CHANGES_BYTES_MAX, boardId, offset, eventsMax],
  )
  return rows.map(({ body, cardId, changes, at, ...row }) => ({
    ...row,
    ...body,
    at: at.toISOString(),
    ...(cardId && { cardId }),
    ...(changes && { changes }),
  }))
}
