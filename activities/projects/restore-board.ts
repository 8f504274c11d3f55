import { unchanged, undoStep, type Handler } from '#core/platform/handler.ts'
import { boardEvent, boardResult, changeBoard } from './change-board.ts'
import { liveProject } from './change-project.ts'
import { lockedBoard } from './locked-boards.ts'
import { roomForBoard } from './room.ts'

/** Brings an archived board back to its project. */
export const restoreBoard: Handler<'board.restore'> = async (work) => {
  const state = await lockedBoard(work, work.targetId)
  const { board } = state
  await liveProject(work, board.projectId)
  if (!board.archivedAt) return unchanged(boardResult(state))
  await roomForBoard(work, board.projectId)
  const restored = await changeBoard(work, state, { archivedAt: null }, ['archived'])
  const changes = { archived: [true, false] as [boolean, boolean] }
  return {
    result: boardResult(restored),
    events: [boardEvent('board.restored', restored, changes)],
    changes,
    inverse: [undoStep('board.archive', board.id, {}, ['archived'], board, restored.board)],
    follow: [],
  }
}
