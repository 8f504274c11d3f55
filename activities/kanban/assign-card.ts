import { news } from '#core/platform/follow-ups.ts'
import { unchanged, type Handler } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { addAssignees } from './card-assignees.ts'
import { cardEvent, cardResult, cardUndo, changeCard } from './change-card.ts'
import { liveCard } from './locked-cards.ts'

/** Assigns a member to a card and tells them. */
export const assignCard: Handler<'card.assign'> = async (work) => {
  const { userId } = work.body
  const card = await liveCard(work, work.targetId)
  await liveBoard(work, card.boardId)
  if (card.assignees.includes(userId)) return unchanged(cardResult(card))

  await addAssignees(work, card, [userId], card.assignees.length)
  const field = `assignee:${userId}`
  const assigned = await changeCard(work, card, {}, [field], {
    assignees: [...card.assignees, userId],
  })
  const changes = { assignee: [null, userId] as [null, string] }
  return {
    result: cardResult(assigned),
    events: [await cardEvent(work, 'card.assigned', assigned, changes)],
    changes,
    inverse: [cardUndo('card.unassign', { userId }, [field], card, assigned)],
    follow: news(work, 'assigned', card, [userId], card.title),
  }
}
