import type { RouteLocationRaw } from 'vue-router'
import type { News } from '#core/contracts/notifications.ts'

/** What news are of: the card, or the flow. */
export const titleOf = (item: News): string => ('flow' in item ? item.flow.name : item.cardTitle)

/** Where that is. */
export function placeOf(item: News): RouteLocationRaw {
  if ('flow' in item) {
    const { id: flowId, commentId: comment } = item.flow
    return { name: 'flow', params: { flowId }, query: { comment } }
  }
  return { name: 'board', params: { boardId: item.boardId }, query: { card: item.cardId } }
}
