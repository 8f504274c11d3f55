import { undoStep, type Handler } from '#core/platform/handler.ts'
import { cardEvent, touchCard } from './change-card.ts'
import { changeItem, checklistItem, itemResult, readItem } from './change-checklist.ts'
import { freeRank, itemsOf, respace } from './place.ts'

/** Moves an item within its checklist. */
export const moveChecklistItem: Handler<'checklist.move'> = async (work) => {
  const { before, after } = work.body
  const { item, card } = await checklistItem(work)
  const list = itemsOf(card.id)
  const wanted = { before, after, rank: work.undo?.back?.rank }
  const rank = await freeRank(work.trx, list, wanted, item.id)
  const moved = await changeItem(work, item, { rank }, ['place'])
  const respaced = await respace(work, list, rank)
  const placed = respaced.reload ? await readItem(work) : moved
  const touched = await touchCard(work, card, {}, 'checklist')
  const undo = undoStep('checklist.move', item.id, {}, ['place'], item, moved, { rank: item.rank })
  return {
    result: itemResult(placed, touched),
    events: [await cardEvent(work, 'checklist.moved', touched, {})],
    changes: {},
    inverse: [undo],
    follow: [],
  }
}
