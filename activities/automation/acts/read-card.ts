import { nodes } from '#core/contracts/flows/nodes/index.ts'
import { bodyOf } from '../body-of.ts'
import { seenCard } from '../seen-card.ts'
import type { DoAct } from '../tools.ts'

/** A card as the flow's actor sees it, put away or not. */
export const readCard: DoAct = async ({ database }, order) => {
  const { cardId } = bodyOf(nodes['card.read']!.params, order.with) as { cardId: string }
  const { card, boardId, description } = await seenCard(database, order.actorId, cardId)
  return { output: { card: { ...card, boardId, description } }, cards: 0 }
}
