import { unchanged, undoStep, type Handler } from '#core/platform/handler.ts'
import { cardEvent, touchCard } from './change-card.ts'
import { changeItem, checklistItem, itemResult, progress } from './change-checklist.ts'

/** Changes an item's text, or ticks it. */
export const editChecklistItem: Handler<'checklist.edit'> = async (work) => {
  const { item, card } = await checklistItem(work)
  const { text = item.body, done = item.done } = work.body
  const fields = [...(text === item.body ? [] : ['text']), ...(done === item.done ? [] : ['done'])]
  if (fields.length === 0) return unchanged(itemResult(item, card))
  const edited = await changeItem(work, item, { body: text, done }, fields)
  const ticked = Number(done) - Number(item.done)
  const touched = await touchCard(work, card, progress(card, 0, ticked), 'checklist')
  const changes = {
    ...(text !== item.body && { checklist: [item.body, text] as [string, string] }),
    ...(done !== item.done && { [`checked: ${text}`]: [item.done, done] as [boolean, boolean] }),
  }
  const body = {
    ...(fields.includes('text') && { text: item.body }),
    ...(fields.includes('done') && { done: item.done }),
  }
  return {
    result: itemResult(edited, touched),
    events: [await cardEvent(work, 'checklist.edited', touched, changes)],
    changes,
    inverse: [undoStep('checklist.edit', item.id, body, fields, item, edited)],
    follow: [],
  }
}
