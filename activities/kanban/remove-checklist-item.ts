import { undoStep, type Handler } from '#core/platform/handler.ts'
import { cardEvent, touchCard } from './change-card.ts'
import { changeItem, checklistItem, itemResult, progress } from './change-checklist.ts'

/** Takes an item off a checklist; it can be brought back. */
export const removeChecklistItem: Handler<'checklist.remove'> = async (work) => {
  const { item, card } = await checklistItem(work)
  const removed = await changeItem(work, item, { deletedAt: work.now }, ['deleted'])
  const touched = await touchCard(work, card, progress(card, -1, -Number(item.done)), 'checklist')
  const changes = { checklist: [item.body, null] as [string, null] }
  return {
    result: itemResult(removed, touched),
    events: [await cardEvent(work, 'checklist.removed', touched, changes)],
    changes,
    inverse: [undoStep('checklist.recover', item.id, {}, ['deleted'], item, removed)],
    follow: [],
  }
}
