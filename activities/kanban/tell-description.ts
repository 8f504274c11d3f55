import type { Knex } from 'knex'
import type { FollowUp, Locks, NewEvent } from '#core/platform/handler.ts'
import { searchCard } from '#core/platform/follow-ups.ts'
import { lockBoards } from '#activities/projects/queries.ts'
import { cardEvent, changeCard } from './change-card.ts'
import { lockCards, lockedCard } from './locked-cards.ts'

interface Told {
  readonly workspaceId: string
  readonly locks: Locks
  readonly events: readonly NewEvent[]
  readonly follow: readonly FollowUp[]
}

/**
 * Writes the text of a card into its description, as an edit would: with a version of its own, so that
 * who edits the description from before is told of the conflict. Null when it reads so already, or
 * the card is gone.
 */
export async function tellDescription(
  trx: Knex.Transaction,
  cardId: string,
  description: string,
): Promise<Told | null> {
  const place = await trx('cards')
    .where({ id: cardId })
    .whereNot({ description })
    .first<{ workspaceId: string; boardId: string; before: string } | undefined>({
      workspaceId: 'workspace_id',
      boardId: 'board_id',
      before: 'description',
    })
  if (!place) return null
  const { workspaceId, boardId } = place
  const locks: Locks = { boardIds: new Set([boardId]), rows: new Map() }
  const written = async (write: Promise<unknown>) => void (await write)
  const work = { trx, locks, workspaceId, undo: null, written }
  // Boards first, as batches lock them.
  await lockBoards(trx, locks)
  await lockCards(trx, locks, [cardId])
  const card = await lockedCard(work, cardId)
  const edited = await changeCard(work, card, { description }, ['description'])
  const isShown = card.archivedAt === null && card.deletedAt === null
  const changes = { description: [place.before, description] as [string, string] }
  const events = isShown ? [await cardEvent(work, 'card.edited', edited, changes)] : []
  return { workspaceId, locks, events, follow: [searchCard(cardId)] }
}
