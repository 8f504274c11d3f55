import type { Knex } from 'knex'
import { DESCRIPTION_CHARS_MAX } from '#core/kernel/limits.ts'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { storeNews } from '#activities/actions/queries.ts'
import { tellDescription } from '#activities/kanban/queries.ts'
import type { Mention } from './mentions-in.ts'
import { tellMentions } from './tell-mentions.ts'

/** A text as it read at a number. */
interface ReadText {
  readonly cardId: string
  readonly seq: number
  readonly text: string
  readonly mentions: readonly Mention[]
}

interface Writer {
  readonly workspaceId: string
  readonly actorId: string
}

const NO_NEWS = { locks: { boardIds: new Set<string>(), rows: new Map() }, events: [], follow: [] }

const LAST_WRITER = `
  select c.workspace_id as "workspaceId", coalesce((
    select user_id from crdt_updates where card_id = c.id and user_id is not null
    order by seq desc limit 1
  ), c.created_by) as "actorId"
  from cards c where c.id = ?`

/**
 * Brings what people wrote together to where the rest of the product reads it: the description of the
 * card, its board, the search. Throws, and changes nothing, when something newer was told meanwhile.
 */
export async function tellText(
  database: Knex,
  { cardId, seq, text, mentions }: ReadText,
): Promise<void> {
  await writeAs(database, THE_HOUSE, async (trx) => {
    const news = await tellDescription(trx, cardId, descriptionOf(text))
    const named = await tellMentions(trx, cardId, mentions)
    if (news || named.length > 0) {
      const { rows } = await trx.raw<{ rows: Writer[] }>(LAST_WRITER, [cardId])
      const { follow, ...told } = news ?? NO_NEWS
      await storeNews(trx, { ...rows[0]!, ...told, follow: [...follow, ...named] })
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
export function descriptionOf(text: string): string {
  return text.replaceAll('\0', '').slice(0, DESCRIPTION_CHARS_MAX).toWellFormed()
}
