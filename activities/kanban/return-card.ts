import type { ActionResult } from '#core/contracts/actions.ts'
import { recount, searchCard } from '#core/platform/follow-ups.ts'
import type { Effect, Work } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import type { Card } from './card.ts'
import { cardEvent, cardResult, cardUndo, changeCard, goneEvent } from './change-card.ts'
import { openColumn, roomInColumn, roomOnBoard } from './column-room.ts'
import { lockedCard } from './locked-cards.ts'
import { cardsIn, freeRank, respace } from './place.ts'

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

  const list = cardsIn(column.id)
  const rank = await freeRank(work, list, { rank: card.rank }, card.id)
  const patch = { [way.column]: null, columnId: column.id, rank }
  const returned = await changeCard(work, card, patch, [from])
  const respaced = stillAway ? {} : await respace(work, list, rank)
  const placed = await lockedCard(work, card.id)
  const changes = { [from]: [true, false] as [boolean, boolean] }
  return {
    result: cardResult(placed),
    events: [
      stillAway
        ? goneEvent(way.back, placed, changes)
        : { ...(await cardEvent(work, way.back, placed, changes)), ...respaced },
    ],
    changes,
    inverse: [cardUndo(way.away, {}, [from], card, returned)],
    follow: [recount(card.boardId), searchCard(card.id)],
  }
}
