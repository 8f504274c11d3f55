import { nodes } from '#core/contracts/flows/nodes/index.ts'
import { bodyOf } from '../body-of.ts'
import { cardAction } from '../card-action.ts'
import type { DoAct } from '../tools.ts'

/** Each card by a key of its own: begun again in the middle, those that are there are not made twice. */
export const createCards: DoAct = async (tools, order) => {
  const { boardId, columnId, titles } = bodyOf(nodes['cards.create']!.params, order.with)
  const cardIds: string[] = []
  for (const [at, title] of (Array.isArray(titles) ? titles : [titles]).entries()) {
    const key = `${order.key}/${at}`
    const made = { ...order, key, with: { target: boardId, columnId, title } }
    const { output } = await cardAction(tools, made, 'card.create')
    cardIds.push((output['card'] as { id: string }).id)
  }
  return { output: { cardIds, count: cardIds.length }, cards: cardIds.length }
}
