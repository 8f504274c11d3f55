import { unchanged, undoStep, type Handler } from '#core/platform/handler.ts'
import { changeColumn, columnResult, columnsEvent, liveColumn } from './change-column.ts'

/** Gives a column another name. */
export const renameColumn: Handler<'column.rename'> = async (work) => {
  const { name } = work.body
  const before = await liveColumn(work)
  const { column } = before
  if (name === column.name) return unchanged(columnResult(before))
  const after = await changeColumn(work, before, { name }, ['name'])
  const changes = { column: [column.name, name] as [string, string] }
  const body = { name: column.name }
  return {
    result: columnResult(after),
    events: [columnsEvent('column.renamed', after.state, changes)],
    changes,
    inverse: [undoStep('column.rename', column.id, body, ['name'], column, after.column)],
    follow: [],
  }
}
