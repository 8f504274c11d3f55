import { snakeCaseMappers } from 'objection'
import type { ActionType } from '#core/contracts/actions.ts'
import type { Changes } from '#core/contracts/views.ts'
import { ask } from '#core/platform/ask.ts'
import { nextVersion } from '#core/kernel/field-versions.ts'
import {
  undoStep,
  versionAfter,
  type Back,
  type NewEvent,
  type Work,
} from '#core/platform/handler.ts'
import { lockedBoard } from '#activities/projects/queries.ts'
import { Card } from './card.ts'
import { faceOf } from './face.ts'
import { keepCard } from './locked-cards.ts'

/** Columns of the row, and the sets beside it that belong to the face. */
export type CardPatch = Partial<Omit<Card, 'labels' | 'assignees'>>
export type FaceSets = Partial<Pick<Card, 'labels' | 'assignees'>>

/** What changing a card takes: of a command in its batch, or of what follows from people's typing. */
export type CardWork = Pick<Work, 'trx' | 'locks' | 'workspaceId' | 'undo' | 'written'>

/** Writes a change of `fields` to the card; answers the card as it now is. */
export async function changeCard(
  work: CardWork,
  card: Card,
  patch: CardPatch,
  fields: readonly string[],
  sets: FaceSets = {},
): Promise<Card> {
  const written = { ...patch, ...versionAfter(work, card, fields) }
  await writeCard(work, card.id, written)
  const after = Object.assign(new Card(), card, written, sets)
  keepCard(work, after)
  return after
}

/**
 * Writes to the card what follows from a change of what hangs on it. A card that has
 * none left counts as never having had any, so that its making can still be undone.
 */
export async function touchCard(
  work: Work,
  card: Card,
  patch: CardPatch,
  field: 'comments' | 'checklist' | 'attachments',
): Promise<Card> {
  const left = patch.commentCount ?? patch.checklistTotal ?? patch.attachmentCount
  const written = { ...patch, ...nextVersion(card, [field], left === 0 ? { [field]: 1 } : {}) }
  await writeCard(work, card.id, written)
  const after = Object.assign(new Card(), card, written)
  keepCard(work, after)
  return after
}

const { format: snakeCase } = snakeCaseMappers()

async function writeCard(work: CardWork, id: string, written: CardPatch): Promise<void> {
  const changes = Object.entries(snakeCase(written)).filter(([, value]) => value !== undefined)
  const columns = changes.map(([column], index) => `${column} = $${index + 2}`)
  const values = [id, ...changes.map(([, value]) => value)]
  const write = `update cards set ${columns.join(', ')} where id = $1`
  await work.written(ask(work.trx, write, values))
}

export const cardResult = (card: Card) => ({ card: faceOf(card), boardId: card.boardId })

/** The card as viewers of its board should now see it: not at all when its column is archived. */
export async function cardEvent(
  work: CardWork,
  type: string,
  card: Card,
  changes: Changes,
): Promise<NewEvent> {
  const { columns } = await lockedBoard(work, card.boardId)
  if (columns.find(({ id }) => id === card.columnId)?.archivedAt) {
    return goneEvent(type, card, changes)
  }
  return { boardId: card.boardId, type, cardId: card.id, card: faceOf(card), changes }
}

/** The card has left what viewers of its board see. */
export const goneEvent = (type: string, card: Card, changes: Changes): NewEvent => ({
  boardId: card.boardId,
  type,
  cardId: card.id,
  gone: true,
  changes,
})

/** The step that brings back `fields` of a card. */
export const cardUndo = (
  type: ActionType,
  body: unknown,
  fields: readonly string[],
  before: Card,
  after: Card,
  back?: Back,
) => undoStep(type, after.id, body, fields, before, after, back)
