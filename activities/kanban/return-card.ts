import type { ActionResult } from '#core/contracts/actions.ts'
import type { Effect, Work } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import type { Card } from './card.ts'
import {
  cardEvent,
  cardResult,
  cardUndo,
  changeCard,
  countCards,
  goneEvent,
  searchCard,
} from './change-card.ts'
import { openColumn, roomInColumn, roomOnBoard } from './column-room.ts'
import { cardsIn, freeRank } from './place.ts'

/** What makes a card leave its board, and the way back. */
const WAYS = {
  archived: { column: 'archivedAt', away: 'card.archive', back: 'card.restored' },
  deleted: { column: 'deletedAt', away: 'card.delete', back: 'card.recovered' },
} as const

/**
 * Brings an archived or deleted card back to where it was, or as near as is free. Its column may
 * have been archived meanwhile; then it comes to the board's first open one.
 */
export async function returnCard(
  work: Work,
  card: Card,
  from: keyof typeof WAYS,
): Promise<Effect<ActionResult<'card.restore'>>> {
  const way = WAYS[from]
  const state = await liveBoard(work, card.boardId)
  const open = state.columns.filter((column) => !column.archivedAt)
  const home = open.find((column) => column.id === card.columnId) ?? open[0]
  const column = openColumn(state, home?.id ?? card.columnId)
  const stillAway = from === 'archived' ? card.deletedAt !== null : card.archivedAt !== null
  if (!stillAway) {
    await roomOnBoard(work, card.boardId)
    await roomInColumn(work, column)
  }

  const rank = await freeRank(work.trx, cardsIn(column.id), { rank: card.rank }, card.id)
  const patch = { [way.column]: null, columnId: column.id, rank }
  const returned = await changeCard(work, card, patch, [from])
  const changes = { [from]: [true, false] as [boolean, boolean] }
  return {
    result: cardResult(returned),
    events: [
      stillAway
        ? goneEvent(way.back, returned, changes)
        : await cardEvent(work, way.back, returned, changes),
    ],
    changes,
    inverse: [cardUndo(way.away, {}, [from], card, returned)],
    follow: [countCards(card.boardId), searchCard(card)],
  }
}
