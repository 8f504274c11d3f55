import { unchanged, undoStep, type Handler } from '#core/platform/handler.ts'
import { refuseFull } from './add-checklist-item.ts'
import { cardEvent, touchCard } from './change-card.ts'
import { checklistItem, itemResult, placeItem, progress } from './change-checklist.ts'
import { freeRank, itemsOf } from './place.ts'

/** Brings a removed item back to where it was, or as near as is free. */
export const recoverChecklistItem: Handler<'checklist.recover'> = async (work) => {
  const { item, card } = await checklistItem(work, true)
  if (!item.deletedAt) return unchanged(itemResult(item, card))
  refuseFull(card.checklistTotal)
  const rank = await freeRank(work, itemsOf(card.id), { rank: item.rank })
  const recovered = await placeItem(work, item, { deletedAt: null, rank }, ['deleted'])
  const touched = await touchCard(work, card, progress(card, 1, Number(item.done)), 'checklist')
  const changes = { checklist: [null, item.body] as [null, string] }
  return {
    result: itemResult(recovered, touched),
    events: [await cardEvent(work, 'checklist.recovered', touched, changes)],
    changes,
    inverse: [undoStep('checklist.remove', item.id, {}, ['deleted'], item, recovered)],
    follow: [],
  }
}
