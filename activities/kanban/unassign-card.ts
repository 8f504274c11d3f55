import { unchanged, type Handler } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { cardEvent, cardResult, cardUndo, changeCard } from './change-card.ts'
import { liveCard } from './locked-cards.ts'

/** Takes a member off a card. */
export const unassignCard: Handler<'card.unassign'> = async (work) => {
  const { userId } = work.body
  const card = await liveCard(work, work.targetId)
  await liveBoard(work, card.boardId)
  if (!card.assignees.includes(userId)) return unchanged(cardResult(card))

  await work.trx('card_assignees').where({ card_id: card.id, user_id: userId }).delete()
  const field = `assignee:${userId}`
  const assignees = card.assignees.filter((id) => id !== userId)
  const unassigned = await changeCard(work, card, {}, [field], { assignees })
  const changes = { assignee: [userId, null] as [string, null] }
  return {
    result: cardResult(unassigned),
    events: [await cardEvent(work, 'card.unassigned', unassigned, changes)],
    changes,
    inverse: [cardUndo('card.assign', { userId }, [field], card, unassigned)],
    follow: [],
  }
}
