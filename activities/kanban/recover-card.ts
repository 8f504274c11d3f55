import { DELETED_KEPT_DAYS } from '#core/kernel/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { unchanged, type Handler } from '#core/platform/handler.ts'
import { cardResult } from './change-card.ts'
import { lockedCard } from './locked-cards.ts'
import { returnCard } from './return-card.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Brings a deleted card back, for 30 days after it was deleted. */
export const recoverCard: Handler<'card.recover'> = async (work) => {
  const card = await lockedCard(work, work.targetId)
  if (!card.deletedAt) return unchanged(cardResult(card))
  if (work.now.getTime() - card.deletedAt.getTime() > DELETED_KEPT_DAYS * DAY_MS) {
    throw new Refusal(
      'card.kept_no_longer',
      `The card was deleted more than ${DELETED_KEPT_DAYS} days ago.`,
    )
  }
  return await returnCard(work, card, 'deleted')
}
