import type { FollowUp, Work } from './handler.ts'

/** What can follow from an action, each in the form that its topic's handler reads. */
export const recount = (boardId: string): FollowUp => ({ topic: 'counters', payload: { boardId } })

export const searchCard = (cardId: string): FollowUp => ({ topic: 'search', payload: { cardId } })

export const searchCards = (cardIds: readonly string[]): FollowUp => ({
  topic: 'search',
  payload: { cardIds },
})

export const searchComment = (commentId: string): FollowUp => ({
  topic: 'search',
  payload: { commentId },
})

/** News of a card for people, but never for who made them. */
export function news(
  work: Work,
  kind: 'assigned' | 'mentioned' | 'commented',
  card: { readonly id: string; readonly boardId: string },
  people: readonly string[],
  excerpt: string,
): FollowUp[] {
  const userIds = [...new Set(people)].filter((id) => id !== work.actorId)
  if (userIds.length === 0) return []
  const { id: cardId, boardId } = card
  const payload = { kind, userIds, boardId, cardId, actorId: work.actorId, excerpt }
  return [{ topic: 'notify', payload }]
}
