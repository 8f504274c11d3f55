import { Refusal } from '#core/kernel/refusal.ts'
import { recount } from '#core/platform/follow-ups.ts'
import { undoStep, type Handler } from '#core/platform/handler.ts'
import { openCardsIn } from '#activities/kanban/queries.ts'
import { changeColumn, columnResult, columnsEvent, liveColumn } from './change-column.ts'
import { liveColumns } from './insert-board.ts'
import { refuseUsed } from './unmaking.ts'

/** Puts a column away; its cards go out of sight with it and come back with it. */
export const archiveColumn: Handler<'column.archive'> = async (work) => {
  const before = await liveColumn(work)
  const { state, column } = before
  if (liveColumns(state).length === 1) {
    throw new Refusal('column.last', 'A board keeps at least one column.')
  }
  await refuseUsed(work, async () => (await openCardsIn(work.trx, [column.id])) > 0)

  const after = await changeColumn(work, before, { archivedAt: work.now }, ['archived'])
  const changes = { column: [column.name, null] as [string, null] }
  return {
    result: columnResult(after),
    events: [{ ...columnsEvent('column.archived', after.state, changes), reload: true }],
    changes,
    inverse: [undoStep('column.restore', column.id, {}, ['archived'], column, after.column)],
    follow: [recount(state.board.id)],
  }
}
