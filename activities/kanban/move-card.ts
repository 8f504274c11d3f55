import { recount } from '#core/platform/follow-ups.ts'
import type { Handler, Work } from '#core/platform/handler.ts'
import { liveBoard, lockedBoard } from '#activities/projects/queries.ts'
import type { Card } from './card.ts'
import { cardEvent, cardResult, cardUndo, changeCard, goneEvent } from './change-card.ts'
import { openColumn, roomInColumn, roomOnBoard } from './column-room.ts'
import { homeOf } from './column-home.ts'
import { liveCard, lockedCard } from './locked-cards.ts'
import { cardsIn, freeRank, respace } from './place.ts'
import { changeProject } from './change-project.ts'

/** Moves a card to a place in a column of this or another board; the last one to place it wins. */
export const moveCard: Handler<'card.move'> = async (work) => {
  const { columnId, before, after } = work.body
  const card = await liveCard(work, work.targetId)
  const from = await liveBoard(work, card.boardId)
  const to = await liveBoard(work, await homeOf(work, from, columnId))
  const column = openColumn(to, columnId)
  if (columnId !== card.columnId) await roomInColumn(work, column)
  if (to !== from) await roomOnBoard(work, to.board.id)

  const back = work.undo?.back ?? {}
  const list = cardsIn(columnId)
  const rank = await freeRank(work, list, { before, after, rank: back.rank }, card.id)
  const boardId = to.board.id
  const joins = await changeProject(work, card, from, to)
  const patch = { columnId, boardId, rank, ...joins.patch }
  const moved = await changeCard(work, card, patch, ['place'], joins.sets)
  const respaced = await respace(work, list, rank)
  const placed = await lockedCard(work, card.id)

  const changes = {
    column: [await columnName(work, card), column.name] as [string, string],
    ...(to !== from && { board: [from.board.name, to.board.name] as [string, string] }),
  }
  const undo = cardUndo('card.move', { columnId: card.columnId }, ['place'], card, moved, {
    rank: card.rank,
    number: card.number,
    assignees: joins.left,
  })
  return {
    result: cardResult(placed),
    events: [
      ...(to === from ? [] : [goneEvent('card.left', card, {})]),
      { ...(await cardEvent(work, 'card.moved', placed, changes)), ...respaced },
    ],
    changes,
    inverse: [undo, ...joins.inverse],
    follow: to === from ? [] : [recount(card.boardId), recount(boardId)],
  }
}

async function columnName(work: Work, card: Card): Promise<string> {
  const { columns } = await lockedBoard(work, card.boardId)
  return columns.find((column) => column.id === card.columnId)?.name ?? ''
}
