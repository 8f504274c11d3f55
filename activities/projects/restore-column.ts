import { undoStep, type Handler } from '#core/platform/handler.ts'
import { changeColumn, columnResult, columnsEvent, targetColumn } from './change-column.ts'
import { rankAmong } from './column-place.ts'
import { refuseColumnsFull } from './create-column.ts'
import { liveColumns } from './insert-board.ts'
import { respaceColumns } from './respace-columns.ts'

/** Brings an archived column back with its cards, to where it was or as near as is free. */
export const restoreColumn: Handler<'column.restore'> = async (work) => {
  const before = await targetColumn(work)
  const { state, column } = before
  if (!column.archivedAt) {
    return { result: columnResult(before), events: [], changes: {}, inverse: null, follow: [] }
  }
  const others = liveColumns(state)
  refuseColumnsFull(others.length)
  const rank = rankAmong(others, { rank: column.rank })
  const restored = await changeColumn(work, before, { archivedAt: null, rank }, ['archived'])
  const after = await respaceColumns(work, restored)
  const changes = { column: [null, column.name] as [null, string] }
  return {
    result: columnResult(after),
    events: [{ ...columnsEvent('column.restored', after.state, changes), reload: true }],
    changes,
    inverse: [undoStep('column.archive', column.id, {}, ['archived'], column, after.column)],
    follow: [{ topic: 'counters', payload: { boardId: state.board.id } }],
  }
}
