import { Refusal } from '#core/kernel/refusal.ts'
import { unchanged, type Handler } from '#core/platform/handler.ts'
import { cardResult } from './change-card.ts'
import { lockedCard } from './locked-cards.ts'
import { returnCard } from './return-card.ts'

/** Brings an archived card back to its board. */
export const restoreCard: Handler<'card.restore'> = async (work) => {
  const card = await lockedCard(work, work.targetId)
  if (card.deletedAt) throw new Refusal('card.deleted', `The card «${card.title}» is deleted.`)
  if (!card.archivedAt) return unchanged(cardResult(card))
  return await returnCard(work, card, 'archived')
}
