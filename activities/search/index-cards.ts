import type { Knex } from 'knex'
import { textsOf } from '#activities/kanban/queries.ts'
import { cardEntries, entryRow } from './entry.ts'

/**
 * Lets new cards be found. One that has been indexed since for a reason of its own is left as it
 * is.
 */
export async function indexCards(trx: Knex.Transaction, cardIds: readonly string[]): Promise<void> {
  const cards = await textsOf(trx, cardIds)
  const rows = cards.flatMap((card) =>
    cardEntries(card).map((entry) => entryRow(card.cardId, entry)),
  )
  if (rows.length === 0) return
  await trx('search_entries').insert(rows).onConflict(['source_id', 'source']).ignore()
}
