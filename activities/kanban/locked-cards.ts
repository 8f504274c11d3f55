import type { Knex } from 'knex'
import { ask } from '#core/platform/ask.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { kept, Relocated, type Locks, type Work } from '#core/platform/handler.ts'
import { Card } from './card.ts'
import { keepEnds } from './column-ends.ts'

const CARDS = Symbol('cards')

/**
 * Every column but the description, which only edits need and which may be long. Links to deleted
 * labels stay, for the day one is brought back, but they are not shown.
 */
const LOCK_CARDS = `
  select id, workspace_id, project_id, board_id, column_id, rank, number, title, due_on, priority,
         points, colour, comment_count, checklist_done, checklist_total, attachment_count, version,
         field_versions, archived_at, deleted_at, created_by, created_at,
         array(
           select k.id from card_labels l join labels k on k.id = l.label_id and k.deleted_at is null
           where l.card_id = cards.id
         ) as labels,
         array(select user_id from card_assignees a where a.card_id = cards.id) as assignees
  from cards where id = any($1) order by id for no key update`

const cards = (locks: Locks) => kept<Card>(locks, CARDS)

/** Locks cards in one order, so that two batches never wait for each other in a circle. */
export async function lockCards(
  trx: Knex.Transaction,
  locks: Locks,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  const rows = await ask(trx, LOCK_CARDS, [ids])
  const held = cards(locks)
  for (const row of rows) {
    const card = Card.fromDatabaseJson(row)
    held.set(card.id, card)
  }
}

/** A card of the batch, whatever its state; refuses ids of nowhere or of another workspace. */
export async function lockedCard(
  work: Pick<Work, 'trx' | 'locks' | 'workspaceId'>,
  cardId: string,
): Promise<Card> {
  if (!cards(work.locks).has(cardId)) await lockCards(work.trx, work.locks, [cardId])
  const card = cards(work.locks).get(cardId)
  if (!card || card.workspaceId !== work.workspaceId) {
    throw new Refusal('card.not_found', 'There is no such card.')
  }
  if (!work.locks.boardIds.has(card.boardId)) throw new Relocated(card.boardId)
  return card
}

/** A card that may be worked on: neither archived nor deleted. */
export async function liveCard(work: Work, cardId: string): Promise<Card> {
  const card = await lockedCard(work, cardId)
  if (card.deletedAt) throw new Refusal('card.deleted', `The card «${card.title}» is deleted.`)
  if (card.archivedAt) throw new Refusal('card.archived', `The card «${card.title}» is archived.`)
  return card
}

/** Puts a changed card where the batch's next commands look. */
export function keepCard(work: Pick<Work, 'locks'>, card: Card): void {
  cards(work.locks).set(card.id, card)
  keepEnds(work.locks, card)
}
