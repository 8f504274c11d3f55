import type { Knex } from 'knex'
import { z } from 'zod'
import { cardTexts, commentText } from '#activities/kanban/queries.ts'
import { Id } from '#core/contracts/fields.ts'
import type { FollowUpHandler } from '#core/platform/follow-up.ts'
import { takeTurn } from '#core/platform/take-turn.ts'
import { cardEntries, entryRow, type Entry } from './entry.ts'
import { indexCards } from './index-cards.ts'

const Source = z.union([
  z.strictObject({ cardId: Id }),
  z.strictObject({ commentId: Id }),
  z.strictObject({ cardIds: z.array(Id) }),
])

/** Which entries a source can have; a card and a comment may bear the same id. */
const KINDS = { card: ['title', 'description'], comment: ['comment'] } as const

/**
 * Lets a card's texts, a comment, or cards that were copied be found as they now read. Whatever was
 * asked for first, the last to write has read the newest text, because they take turns.
 */
export const indexSource: FollowUpHandler = async (trx, { payload }) => {
  const source = Source.parse(payload)
  if ('cardIds' in source) return await indexCards(trx, source.cardIds)
  if ('cardId' in source) return await indexCard(trx, source.cardId)
  await indexComment(trx, source.commentId)
}

async function indexCard(trx: Knex.Transaction, cardId: string): Promise<void> {
  await takeTurn(trx, 'search', cardId)
  const card = await cardTexts(trx, cardId)
  await replaceEntries(trx, cardId, KINDS.card, card ? cardEntries({ ...card, cardId }) : [])
}

async function indexComment(trx: Knex.Transaction, commentId: string): Promise<void> {
  await takeTurn(trx, 'search', commentId)
  await replaceEntries(trx, commentId, KINDS.comment, await entriesOfComment(trx, commentId))
}

async function entriesOfComment(trx: Knex.Transaction, commentId: string): Promise<Entry[]> {
  const comment = await commentText(trx, commentId)
  if (!comment || comment.deletedAt) return []
  const { workspaceId, cardId, text } = comment
  return [{ source: 'comment', workspaceId, cardId, body: text }]
}

/** Entries of other kinds under the same id are somebody else's. */
async function replaceEntries(
  trx: Knex.Transaction,
  sourceId: string,
  kinds: readonly Entry['source'][],
  entries: readonly Entry[],
): Promise<void> {
  const rows = entries.map((entry) => entryRow(sourceId, entry))
  const found = new Set(entries.map(({ source }) => source))
  const gone = kinds.filter((kind) => !found.has(kind))
  await trx('search_entries').where({ source_id: sourceId }).whereIn('source', gone).delete()
  if (rows.length === 0) return
  await trx('search_entries').insert(rows).onConflict(['source_id', 'source']).merge(['body'])
}
