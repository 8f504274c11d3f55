import { recount } from '#core/platform/follow-ups.ts'
import type { Handler } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { cardResult, cardUndo, changeCard, goneEvent } from './change-card.ts'
import { liveCard } from './locked-cards.ts'

/** Puts a card away; it leaves its board and can be restored at any time. */
export const archiveCard: Handler<'card.archive'> = async (work) => {
  const card = await liveCard(work, work.targetId)
  await liveBoard(work, card.boardId)
  const archived = await changeCard(work, card, { archivedAt: work.now }, ['archived'])
  const changes = { archived: [false, true] as [boolean, boolean] }
  const undo = cardUndo('card.restore', {}, ['archived'], card, archived)
  return {
    result: cardResult(archived),
    events: [goneEvent('card.archived', archived, changes)],
    changes,
    inverse: [undo],
    follow: [recount(card.boardId)],
  }
}
