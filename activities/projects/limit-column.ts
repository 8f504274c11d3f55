import { unchanged, undoStep, type Handler } from '#core/platform/handler.ts'
import { changeColumn, columnResult, columnsEvent, liveColumn } from './change-column.ts'

/** Sets how many cards a column takes at a time, and whether one more is warned of or blocked. */
export const limitColumn: Handler<'column.limit'> = async (work) => {
  const { wipLimit, wipMode } = work.body
  const before = await liveColumn(work)
  const { column } = before
  if (wipLimit === column.wipLimit && wipMode === column.wipMode)
    return unchanged(columnResult(before))
  const after = await changeColumn(work, before, { wipLimit, wipMode }, ['limit'])
  const body = { wipLimit: column.wipLimit, wipMode: column.wipMode }
  const changes = {
    wipLimit: [column.wipLimit, wipLimit] as [unknown, unknown],
    wipMode: [column.wipMode, wipMode] as [unknown, unknown],
  }
  return {
    result: columnResult(after),
    events: [columnsEvent('column.limited', after.state, changes)],
    changes,
    inverse: [undoStep('column.limit', column.id, body, ['limit'], column, after.column)],
    follow: [],
  }
}
