import type { CardChanges } from '#core/contracts/kanban.ts'
import { changedAt } from '#core/kernel/field-versions.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { searchCard } from '#core/platform/follow-ups.ts'
import { unchanged, type Handler, type Work } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { Card } from './card.ts'
import { cardEvent, cardResult, cardUndo, changeCard } from './change-card.ts'
import { liveCard } from './locked-cards.ts'

type Field = keyof CardChanges

/** Changes fields of a card, unless someone else changed one of the same fields meanwhile. */
export const editCard: Handler<'card.edit'> = async (work) => {
  const card = await withDescription(work, await liveCard(work, work.targetId))
  await liveBoard(work, card.boardId)
  const asked = Object.keys(work.body.changes) as Field[]
  const fields = asked.filter((field) => work.body.changes[field] !== card[field])
  if (fields.length === 0) return unchanged(cardResult(card))
  if (!work.undo) refuseConflict(card, fields, work.body.baseVersion)

  const patch = Object.fromEntries(fields.map((field) => [field, work.body.changes[field]]))
  const edited = await changeCard(work, card, patch, fields)
  const changes = Object.fromEntries(
    fields.map((field) => [field, [card[field], edited[field]] as [unknown, unknown]]),
  )
  const previous = Object.fromEntries(fields.map((field) => [field, card[field]]))
  const body = { baseVersion: edited.version, changes: previous }
  return {
    result: cardResult(edited),
    events: [await cardEvent(work, 'card.edited', edited, changes)],
    changes,
    inverse: [cardUndo('card.edit', body, fields, card, edited)],
    follow: fields.some(isText) ? [searchCard(edited.id)] : [],
  }
}

const isText = (field: Field) => field === 'title' || field === 'description'

/** The answer names only the fields both changed, with what they now are. */
function refuseConflict(card: Card, fields: readonly Field[], baseVersion: number): void {
  const theirs = fields.filter((field) => changedAt(card, field) > baseVersion)
  if (theirs.length === 0) return
  throw new Refusal('card.conflict', `Someone else changed: ${theirs.join(', ')}.`, {
    version: card.version,
    fields: Object.fromEntries(theirs.map((field) => [field, card[field]])),
  })
}

async function withDescription(work: Work<'card.edit'>, card: Card): Promise<Card> {
  if (work.body.changes.description === undefined) return card
  const row = await Card.query(work.trx).select('description').findById(card.id)
  return Object.assign(new Card(), card, { description: row?.description ?? '' })
}
