import { undoStep, type Handler } from '#core/platform/handler.ts'
import { openCardsIn } from '#activities/kanban/queries.ts'
import { boardEvent, boardResult, changeBoard } from './change-board.ts'
import { liveBoard } from './locked-boards.ts'
import { refuseUsed } from './unmaking.ts'

/** Puts a board away with its cards; it can be restored at any time. */
export const archiveBoard: Handler<'board.archive'> = async (work) => {
  const state = await liveBoard(work, work.targetId)
  const { board } = state
  const columnIds = state.columns.map(({ id }) => id)
  await refuseUsed(work, async () => (await openCardsIn(work.trx, columnIds)) > 0)

  const archived = await changeBoard(work, state, { archivedAt: work.now }, ['archived'])
  const changes = { archived: [false, true] as [boolean, boolean] }
  return {
    result: boardResult(archived),
    events: [boardEvent('board.archived', archived, changes)],
    changes,
    inverse: [undoStep('board.restore', board.id, {}, ['archived'], board, archived.board)],
    follow: [],
  }
}
