import type { Knex } from 'knex'
import { z } from 'zod'
import { cardTexts, commentText } from '#activities/kanban/queries.ts'
import { Id } from '#core/contracts/fields.ts'
import type { FollowUpHandler } from '#core/platform/follow-up.ts'
import { takeTurn } from '#core/platform/take-turn.ts'
import { cardEntries, entryRow, type Entry } from './entry.ts'
import { indexBoard } from './index-board.ts'

const Source = z.union([
  z.strictObject({ cardId: Id }),
  z.strictObject({ commentId: Id }),
  z.strictObject({ boardId: Id }),
])

/**
 * Lets a card's texts, a comment, or all cards of a new board be found as they now read. Whatever was asked for first, the
 * last to write has read the newest text, because they take turns.
 */
export const indexSource: FollowUpHandler = async (trx, { payload }) => {
  const source = Source.parse(payload)
  if ('boardId' in source) {
    await indexBoard(trx, source.boardId)
    return
  }
  const sourceId = 'cardId' in source ? source.cardId : source.commentId
  await takeTurn(trx, 'search', sourceId)
  const entries =
    'cardId' in source ? await entriesOfCard(trx, sourceId) : await entriesOfComment(trx, sourceId)
  await replaceEntries(trx, sourceId, entries)
}

async function entriesOfCard(trx: Knex.Transaction, cardId: string): Promise<Entry[]> {
  const card = await cardTexts(trx, cardId)
  return card ? cardEntries({ ...card, cardId }) : []
}

async function entriesOfComment(trx: Knex.Transaction, commentId: string): Promise<Entry[]> {
  const comment = await commentText(trx, commentId)
  if (!comment || comment.deletedAt) return []
  const { workspaceId, cardId, text } = comment
  return [{ source: 'comment', workspaceId, cardId, body: text }]
}

async function replaceEntries(
  trx: Knex.Transaction,
  sourceId: string,
  entries: readonly Entry[],
): Promise<void> {
  const rows = entries.map((entry) => entryRow(sourceId, entry))
  const sources = entries.map(({ source }) => source)
  await trx('search_entries').where({ source_id: sourceId }).whereNotIn('source', sources).delete()
  if (rows.length === 0) return
  await trx('search_entries').insert(rows).onConflict(['source_id', 'source']).merge(['body'])
}
