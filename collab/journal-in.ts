import type { Knex } from 'knex'
import { boardEventsAfter } from '#activities/actions/queries.ts'
import { boardHeads } from '#activities/projects/queries.ts'
import { readAs, THE_HOUSE } from '#core/platform/acting-as.ts'
import type { Journal } from './board-feed.ts'
import { Together } from './together.ts'

/** The events of boards as they stand in the database. */
export function journalIn(database: Knex): Journal {
  const heads = (boardIds: readonly string[]) =>
    readAs(database, THE_HOUSE, (trx) => boardHeads(trx, boardIds))
  const each = new Together(async (boardIds: readonly string[]) => {
    const found = await heads([...new Set(boardIds)])
    return (boardId) => found.get(boardId)
  })
  return {
    heads,
    head: (boardId) => each.ask(boardId),
    after: (boardId, offset, eventsMax) =>
      readAs(database, THE_HOUSE, (trx) => boardEventsAfter(trx, boardId, offset, eventsMax)),
  }
}
