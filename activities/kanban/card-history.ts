import type { Knex } from 'knex'
import type { Changes, HistoryEntry } from '#core/contracts/views.ts'
import { readPage, type OrderedList, type Page, type PageAsked } from '#core/platform/page.ts'

interface EventRow {
  boardId: string
  seq: number
  type: string
  actorId: string
  commandId: string
  at: Date
  changes: Changes
  workflowId: string | null
  runId: string | null
}

/** Where a workflow can be looked at. */
export type WorkflowUrl = (workflowId: string, runId: string) => string

/**
 * What happened to a card, latest first. Moving between boards is an event on each of them; the
 * history tells it once, from the board the card came to.
 */
export async function cardHistory(
  database: Knex,
  cardId: string,
  asked: PageAsked,
  urlOf: WorkflowUrl,
): Promise<Page<HistoryEntry>> {
  return await readPage(database, listOf(cardId), asked, (row: EventRow) => ({
    id: `${row.boardId}:${row.seq}`,
    type: row.type,
    actorId: row.actorId,
    at: row.at.toISOString(),
    commandId: row.commandId,
    changes: row.changes,
    workflow:
      row.workflowId !== null && row.runId !== null
        ? { id: row.workflowId, runId: row.runId, url: urlOf(row.workflowId, row.runId) }
        : null,
  }))
}

const listOf = (cardId: string): OrderedList => ({
  sql: `
    select e.board_id as "boardId", e.seq, e.type, e.actor_id as "actorId",
      e.command_id as "commandId", e.created_at as at, e.changes,
      o.workflow_id as "workflowId", o.run_id as "runId"
    from board_events e
    left join outcomes o on o.actor_id = e.actor_id and o.command_id = e.command_id
    where e.card_id = ? and not (e.body ->> 'gone' is not null and exists (
      select from board_events came
      where came.card_id = e.card_id and came.command_id = e.command_id
        and came.board_id <> e.board_id
    ))`,
  bindings: [cardId],
  key: [
    ['at', 'timestamptz'],
    ['boardId', 'uuid'],
    ['seq', 'bigint'],
  ],
  direction: 'desc',
})
