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

type NewsKind = 'assigned' | 'mentioned' | 'commented'
type OfCard = { readonly id: string; readonly boardId: string }

/** News of a card for people, but never for who made them. */
export const news = (
  work: Work,
  kind: NewsKind,
  card: OfCard,
  people: readonly string[],
  excerpt: string,
): FollowUp[] => newsOf(work.actorId, kind, card, people, excerpt)

/** The same where no action made them. */
export function newsOf(
  actorId: string,
  kind: NewsKind,
  { id: cardId, boardId }: OfCard,
  people: readonly string[],
  excerpt: string,
): FollowUp[] {
  const userIds = [...new Set(people)].filter((id) => id !== actorId)
  if (userIds.length === 0) return []
  const payload = { kind, userIds, boardId, cardId, actorId, excerpt }
  return [{ topic: 'notify', payload }]
}
