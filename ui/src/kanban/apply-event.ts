import type { BoardEvent } from '#core/contracts/events.ts'
import type { Id } from '#core/kernel/ids.ts'
import type { ServerState } from './server-state.ts'

/** What an event did: applied, known already, or not to be applied without reading the board. */
export type Effect =
  | { kind: 'applied'; cardIds: readonly Id[] }
  | { kind: 'known' }
  | { kind: 'gap' }
  | { kind: 'reload' }

/** Applies the event if it is the next one. Changes `state` only when it answers «applied». */
export function applyEvent(state: ServerState, event: BoardEvent): Effect {
  if (event.offset <= state.offset) return { kind: 'known' }
  if (event.offset > state.offset + 1) return { kind: 'gap' }
  if (event.reload) return { kind: 'reload' }
  state.offset = event.offset
  if (event.columns) state.columns = event.columns
  if (event.board) state.board = { ...state.board, ...event.board }
  if (event.label) state.labels = new Map(state.labels).set(event.label.id, event.label)
  const unlabelled = event.labelGone === undefined ? [] : dropLabel(state, event.labelGone)
  if (event.card) state.cards.set(event.card.id, event.card)
  if (event.gone && event.cardId !== undefined) state.cards.delete(event.cardId)
  const about = event.card?.id ?? event.cardId
  return { kind: 'applied', cardIds: about === undefined ? unlabelled : [...unlabelled, about] }
}

/** A deleted label is on no card any more; answers the cards that had it. */
function dropLabel(state: ServerState, labelId: Id): Id[] {
  state.labels = new Map(state.labels)
  state.labels.delete(labelId)
  const touched: Id[] = []
  for (const card of state.cards.values()) {
    if (!card.labels?.includes(labelId)) continue
    const { labels, ...face } = card
    const left = labels.filter((id) => id !== labelId)
    state.cards.set(card.id, left.length > 0 ? { ...face, labels: left } : face)
    touched.push(card.id)
  }
  return touched
}
