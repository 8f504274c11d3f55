import { CHECKLIST_ITEMS_PER_CARD_MAX } from '#core/kernel/limits.ts'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { unmake, type Handler } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { cardEvent, touchCard } from './change-card.ts'
import { itemResult, progress } from './change-checklist.ts'
import { ChecklistItem } from './checklist-item.ts'
import { liveCard } from './locked-cards.ts'
import { freeRank, itemsOf } from './place.ts'

/** Adds an item to a card's checklist. */
export const addChecklistItem: Handler<'checklist.add'> = async (work) => {
  const { itemId, text, before, after } = work.body
  const card = await liveCard(work, work.targetId)
  await liveBoard(work, card.boardId)
  refuseFull(card.checklistTotal)
  const row = {
    id: itemId ?? newId(work.now.getTime()),
    workspaceId: work.workspaceId,
    cardId: card.id,
    body: text,
    rank: await freeRank(work, itemsOf(card.id), { before, after }),
    createdAt: work.now,
  }
  await ChecklistItem.query(work.trx).insert(row)
  const item = Object.assign(new ChecklistItem(), row, { done: false })
  const touched = await touchCard(work, card, progress(card, 1, 0), 'checklist')
  const changes = { checklist: [null, text] as [null, string] }
  return {
    result: itemResult(item, touched),
    events: [await cardEvent(work, 'checklist.added', touched, changes)],
    changes,
    inverse: [unmake('checklist.remove', row.id)],
    follow: [],
  }
}

export function refuseFull(items: number): void {
  if (items < CHECKLIST_ITEMS_PER_CARD_MAX) return
  throw new Refusal(
    'card.checklist_limit',
    `A checklist has at most ${CHECKLIST_ITEMS_PER_CARD_MAX} items.`,
  )
}
