import { nodes } from '#core/contracts/flows/nodes/index.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { cardDetails } from '#activities/kanban/queries.ts'
import { bodyOf } from '../body-of.ts'
import { refuseStep } from '../refuse-step.ts'
import type { DoAct } from '../tools.ts'

/** A card as the flow's actor sees it, put away or not. */
export const readCard: DoAct = async ({ database }, order) => {
  const { cardId } = bodyOf(nodes['card.read']!.params, order.with) as { cardId: string }
  const { actorId: userId } = order
  const details = await readAs(database, { userId }, (trx) => cardDetails(trx, userId, cardId))
  if (!details)
    throw refuseStep(
      'card.not_found',
      'The flow sees no such card: let somebody publish it who does.',
    )
  const { card, boardId, description } = details
  return { output: { card: { ...card, boardId, description } }, cards: 0 }
}
