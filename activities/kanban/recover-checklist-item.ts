import { undoStep, type Handler } from '#core/platform/handler.ts'
import { refuseFull } from './add-checklist-item.ts'
import { cardEvent, touchCard } from './change-card.ts'
import { changeItem, checklistItem, itemResult, progress } from './change-checklist.ts'

/** Brings a removed item back to where it was. */
export const recoverChecklistItem: Handler<'checklist.recover'> = async (work) => {
  const { item, card } = await checklistItem(work, true)
  if (!item.deletedAt) {
    return { result: itemResult(item, card), events: [], changes: {}, inverse: null, follow: [] }
  }
  refuseFull(card.checklistTotal)
  const recovered = await changeItem(work, item, { deletedAt: null }, ['deleted'])
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
