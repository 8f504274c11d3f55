import type { CardChanges } from '#core/contracts/kanban.ts'
import { changedAt } from '#core/kernel/field-versions.ts'
import { DESCRIPTION_CHARS_MAX } from '#core/kernel/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { searchCard } from '#core/platform/follow-ups.ts'
import { unchanged, type Handler, type Work } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { liveText, type LiveText } from '#activities/texts/queries.ts'
import { Card } from './card.ts'
import { cardEvent, cardResult, cardUndo, changeCard } from './change-card.ts'
import { liveCard } from './locked-cards.ts'

type Field = keyof CardChanges

/** What is edited; `text` is there when people have opened the card's text to write in it together. */
interface Edited {
  readonly card: Card
  readonly text: LiveText | null
}

/** Changes fields of a card, unless someone else changed one of the same fields meanwhile. */
export const editCard: Handler<'card.edit'> = async (work) => {
  const { card, text } = await withDescription(work, await liveCard(work, work.targetId))
  await liveBoard(work, card.boardId)
  const asked = Object.keys(work.body.changes) as Field[]
  const fields = asked.filter((field) => work.body.changes[field] !== card[field])
  if (fields.length === 0) return unchanged(cardResult(card))
  if (!work.undo) refuseConflict(card, fields, work.body.baseVersion)

  const patch = Object.fromEntries(fields.map((field) => [field, work.body.changes[field]]))
  const edited = await changeCard(work, card, patch, fields)
  if (fields.includes('description')) await text?.change(edited.description, work.actorId)
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
  if (theirs.length > 0) throw conflict(card, theirs)
}

const conflict = (card: Card, fields: readonly Field[]) =>
  new Refusal('card.conflict', `Someone else changed: ${fields.join(', ')}.`, {
    version: card.version,
    fields: Object.fromEntries(fields.map((field) => [field, card[field]])),
  })

async function withDescription(work: Work<'card.edit'>, card: Card): Promise<Edited> {
  const { description: wanted } = work.body.changes
  if (wanted === undefined) return { card, text: null }
  const row = await Card.query(work.trx).select('description').findById(card.id)
  const read = Object.assign(new Card(), card, { description: row?.description ?? '' })
  const text = await liveText(work.trx, { cardId: card.id, workspaceId: card.workspaceId })
  if (text) refuseUntold(work, read, text.text)
  return { card: read, text }
}

/** What people have typed and the description does not tell yet, nobody who edits has read. */
function refuseUntold(work: Work<'card.edit'>, card: Card, text: string): void {
  if (text === card.description) return
  if (text.length > DESCRIPTION_CHARS_MAX) {
    throw new Refusal(
      'card.text_too_long',
      'The text is longer than a description. Edit it as a text.',
    )
  }
  if (work.undo) {
    const fields = ['description']
    throw new Refusal('undo.changed_since', 'It has changed since: description.', { fields })
  }
  throw conflict(Object.assign(new Card(), card, { description: text }), ['description'])
}
