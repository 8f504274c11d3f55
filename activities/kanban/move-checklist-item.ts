import { undoStep, type Handler } from '#core/platform/handler.ts'
import { cardEvent, touchCard } from './change-card.ts'
import { checklistItem, itemResult, placeItem } from './change-checklist.ts'
import { freeRank, itemsOf } from './place.ts'

/** Moves an item within its checklist. */
export const moveChecklistItem: Handler<'checklist.move'> = async (work) => {
  const { before, after } = work.body
  const { item, card } = await checklistItem(work)
  const wanted = { before, after, rank: work.undo?.back?.rank }
  const rank = await freeRank(work, itemsOf(card.id), wanted, item.id)
  const moved = await placeItem(work, item, { rank }, ['place'])
  const touched = await touchCard(work, card, {}, 'checklist')
  const undo = undoStep('checklist.move', item.id, {}, ['place'], item, moved, { rank: item.rank })
  return {
    result: itemResult(moved, touched),
    events: [await cardEvent(work, 'checklist.moved', touched, {})],
    changes: {},
    inverse: [undo],
    follow: [],
  }
}
