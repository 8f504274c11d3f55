import type { Knex } from 'knex'
import { boardTexts } from '#activities/kanban/queries.ts'
import { cardEntries, entryRow } from './entry.ts'

/** So many texts at a time stay in memory and within the limit of a statement. */
const CARDS_AT_ONCE = 200
/** Sorts before every id there is. */
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000'

/**
 * Lets the cards of a board that was made with cards be found. A card that has been indexed since
 * for a reason of its own is left as it is.
 */
export async function indexBoard(trx: Knex.Transaction, boardId: string): Promise<void> {
  let afterId: string | undefined = BEFORE_ALL
  while (afterId !== undefined) {
    const cards = await boardTexts(trx, boardId, afterId, CARDS_AT_ONCE)
    const rows = cards.flatMap((card) =>
      cardEntries(card).map((entry) => entryRow(card.cardId, entry)),
    )
    if (rows.length > 0) {
      await trx('search_entries').insert(rows).onConflict(['source_id', 'source']).ignore()
    }
    afterId = cards.at(-1)?.cardId
  }
}
