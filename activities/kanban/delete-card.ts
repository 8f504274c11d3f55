import { Refusal } from '#core/kernel/refusal.ts'
import { recount, searchCard } from '#core/platform/follow-ups.ts'
import type { Handler } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { cardResult, cardUndo, changeCard, goneEvent } from './change-card.ts'
import { lockedCard } from './locked-cards.ts'

/** Leaves a tombstone that can be brought back for 30 days. */
export const deleteCard: Handler<'card.delete'> = async (work) => {
  const card = await lockedCard(work, work.targetId)
  if (card.deletedAt) throw new Refusal('card.deleted', `The card «${card.title}» is deleted.`)
  await liveBoard(work, card.boardId)
  const deleted = await changeCard(work, card, { deletedAt: work.now }, ['deleted'])
  const changes = { deleted: [false, true] as [boolean, boolean] }
  const undo = cardUndo('card.recover', {}, ['deleted'], card, deleted)
  return {
    result: cardResult(deleted),
    events: [goneEvent('card.deleted', deleted, changes)],
    changes,
    inverse: [undo],
    follow: [recount(card.boardId), searchCard(card.id)],
  }
}
