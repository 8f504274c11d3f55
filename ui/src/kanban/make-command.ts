import { newId, type Id } from '#core/kernel/ids.ts'
import type { BoardState } from './board-state.ts'
import type { Command, Intent } from './command.ts'
import { lanesOf } from './lanes.ts'
import { type Place, rankAt } from './place.ts'

export interface About {
  readonly gestureId: Id
  /** The card of a comment or a checklist item, which the intent itself does not name. */
  readonly cardId?: Id | undefined
  readonly quiet?: boolean | undefined
}

/** The command for an intent on the board that is shown, painted where it will most likely be. */
export function makeCommand(state: BoardState, intent: Intent, about: About): Command {
  const cardId = about.cardId ?? cardOf(intent)
  const rank = shownRank(state, intent, cardId)
  return {
    key: newId(),
    boardId: state.board.value!.id,
    gestureId: about.gestureId,
    givenAt: new Date().toISOString(),
    title: titleOf(state, intent, cardId),
    intent,
    lanes: lanesOf(intent, cardId),
    cardIds: cardId === undefined ? [] : [cardId],
    ...(rank === undefined ? {} : { rank }),
    quiet: about.quiet ?? false,
    state: 'waiting',
  }
}

/** What is about no card or column that is shown has no name here. */
function titleOf(state: BoardState, { targetId, body }: Intent, cardId: Id | undefined): string {
  if ('title' in body) return body.title
  if ('name' in body && body.name !== null) return body.name
  const column = state.columns.value.find(({ id }) => id === targetId)
  return state.cards.get(cardId ?? '')?.title ?? column?.name ?? ''
}

function cardOf(intent: Intent): Id | undefined {
  if (intent.type === 'card.create') return intent.body.cardId
  return intent.type.startsWith('card.') ? intent.targetId : undefined
}

/** Undefined for a move to a column of another board. */
function shownRank(state: BoardState, intent: Intent, cardId: Id | undefined): string | undefined {
  if (intent.type === 'card.move' || intent.type === 'card.create') {
    const { columnId } = intent.body
    if (!state.columns.value.some(({ id }) => id === columnId)) return undefined
    const ids = (state.cells.get(columnId) ?? []).filter((id) => id !== cardId)
    return rankAt(ids, intent.body, (id) => state.cards.get(id)!.rank)
  }
  if (intent.type === 'column.move' || intent.type === 'column.create') {
    return columnRank(state, intent.targetId, intent.body)
  }
  return undefined
}

function columnRank(state: BoardState, columnId: Id, place: Place): string {
  const others = state.columns.value.filter(({ id }) => id !== columnId)
  const ids = others.map(({ id }) => id)
  return rankAt(ids, place, (id) => others.find((column) => column.id === id)!.rank)
}
