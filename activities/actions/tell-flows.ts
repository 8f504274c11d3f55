import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import { ask } from '#core/platform/ask.ts'
import type { Applied } from './store-effects.ts'

/**
 * Leaves word of new events for the flows, a row for each board: nothing where no flow of the
 * workspace waits for anything, so that boards without automations pay for a look at an index.
 * Answers whether there is any.
 */
export async function tellFlows(
  trx: Knex.Transaction,
  news: Applied['news'],
  workspaceId: string,
): Promise<boolean> {
  if (news.length === 0) return false
  const rows = news.map(({ boardId, events }) => {
    const [from, to] = [events[0]!.offset, events.at(-1)!.offset]
    const payload = { boardId, from, to }
    return { id: newId(), effect_key: `flows/${boardId}/${from}`, payload }
  })
  const told = await ask(
    trx,
    `insert into outbox (id, workspace_id, topic, effect_key, payload)
     select id, $2, 'flows', effect_key, payload from json_populate_recordset(null::outbox, $1)
     where exists (select from flows where workspace_id = $2 and active)
     returning true as told`,
    [JSON.stringify(rows), workspaceId],
  )
  return told.length > 0
}
