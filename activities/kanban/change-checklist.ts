import { Refusal } from '#core/kernel/refusal.ts'
import { versionAfter, type Work } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import type { Card } from './card.ts'
import { cardResult } from './change-card.ts'
import { ChecklistItem } from './checklist-item.ts'
import { liveCard } from './locked-cards.ts'
import { itemsOf, respace } from './place.ts'

/** A checklist item and its card; refuses one that is gone, unless `deleted` ones are wanted. */
export async function checklistItem(
  work: Work,
  deleted = false,
): Promise<{ item: ChecklistItem; card: Card }> {
  const item = await readItem(work)
  if (item.deletedAt && !deleted) throw noItem()
  const card = await liveCard(work, item.cardId)
  await liveBoard(work, card.boardId)
  return { item, card }
}

/** The item a command is about, as it now is, deleted or not. */
async function readItem({ trx, targetId, workspaceId }: Work): Promise<ChecklistItem> {
  const item = await ChecklistItem.query(trx).findById(targetId).where('workspace_id', workspaceId)
  if (!item) throw noItem()
  return item
}

const noItem = () => new Refusal('checklist.not_found', 'There is no such checklist item.')

/** Writes a change of `fields` to the item; answers it as it now is. */
export async function changeItem(
  work: Work,
  item: ChecklistItem,
  patch: Partial<ChecklistItem>,
  fields: readonly string[],
): Promise<ChecklistItem> {
  const written = { ...patch, ...versionAfter(work, item, fields) }
  await ChecklistItem.query(work.trx).patch(written).where('id', item.id)
  return Object.assign(new ChecklistItem(), item, written)
}

/** Writes a change that puts the item at a rank of its list; answers it as it now is. */
export async function placeItem(
  work: Work,
  item: ChecklistItem,
  patch: Partial<ChecklistItem> & { readonly rank: string },
  fields: readonly string[],
): Promise<ChecklistItem> {
  const placed = await changeItem(work, item, patch, fields)
  const respaced = await respace(work, itemsOf(item.cardId), patch.rank)
  return respaced.reload ? await readItem(work) : placed
}

/** The card's progress after `items` more of which `done` more are ticked. */
export const progress = (card: Card, items: number, done: number) => ({
  checklistTotal: card.checklistTotal + items,
  checklistDone: card.checklistDone + done,
})

export const itemResult = (item: ChecklistItem, card: Card) => ({
  item: item.view(),
  ...cardResult(card),
})
