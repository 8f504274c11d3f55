import type { Knex } from 'knex'
import { DESCRIPTION_CHARS_MAX } from '#core/kernel/limits.ts'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { storeNews } from '#activities/actions/queries.ts'
import { tellDescription } from '#activities/kanban/queries.ts'

/** A text as it read at a number. */
interface ReadText {
  readonly cardId: string
  readonly seq: number
  readonly text: string
}

const LAST_WRITER = `
  select coalesce((
    select user_id from crdt_updates where card_id = c.id and user_id is not null
    order by seq desc limit 1
  ), c.created_by) as "userId"
  from cards c where c.id = ?`

/**
 * Brings what people wrote together to where the rest of the product reads it: the description of the
 * card, its board, the search. Throws, and changes nothing, when something newer was told meanwhile.
 */
export async function tellText(database: Knex, { cardId, seq, text }: ReadText): Promise<void> {
  await writeAs(database, THE_HOUSE, async (trx) => {
    const news = await tellDescription(trx, cardId, descriptionOf(text))
    if (news) {
      const { rows } = await trx.raw<{ rows: { userId: string }[] }>(LAST_WRITER, [cardId])
      await storeNews(trx, { ...news, actorId: rows[0]!.userId })
    }
    const isNewest = await markTold(trx, cardId, seq)
    if (news && !isNewest) throw new Error('Something newer was told of the text.')
  })
}

/** Remembers that a description tells the text up to a number; false when it told more already. */
export async function markTold(
  trx: Knex.Transaction,
  cardId: string,
  seq: number,
): Promise<boolean> {
  const marked = await trx('crdt_docs')
    .where({ card_id: cardId })
    .where('told_seq', '<', seq)
    .update({
      told_seq: seq,
      told_at: trx.fn.now(),
      settled: trx.raw('seq = ? and seq = snapshot_seq', [seq]),
    })
  return marked > 0
}

/** What a description can hold of a text: Postgres takes no NUL, and half a character is none. */
function descriptionOf(text: string): string {
  return text.replaceAll('\0', '').slice(0, DESCRIPTION_CHARS_MAX).toWellFormed()
}
