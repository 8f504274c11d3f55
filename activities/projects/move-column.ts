import { undoStep, type Handler } from '#core/platform/handler.ts'
import { changeColumn, columnResult, columnsEvent, liveColumn } from './change-column.ts'
import { rankAmong } from './column-place.ts'
import { liveColumns } from './insert-board.ts'
import { respaceColumns } from './respace-columns.ts'

/** Moves a column to a place on its board; the last one to place it wins. */
export const moveColumn: Handler<'column.move'> = async (work) => {
  const { before, after } = work.body
  const from = await liveColumn(work)
  const { column } = from
  const others = liveColumns(from.state).filter(({ id }) => id !== column.id)
  const rank = rankAmong(others, { before, after, rank: work.undo?.back?.rank })
  const moved = await changeColumn(work, from, { rank }, ['place'])
  const spread = await respaceColumns(work, moved)

  const changes = { place: [column.rank, rank] as [string, string] }
  const back = { rank: column.rank }
  return {
    result: columnResult(spread),
    events: [columnsEvent('column.moved', spread.state, changes)],
    changes,
    inverse: [undoStep('column.move', column.id, {}, ['place'], column, moved.column, back)],
    follow: [],
  }
}
