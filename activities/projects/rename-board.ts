import { unchanged, undoStep, type Handler } from '#core/platform/handler.ts'
import { boardEvent, boardResult, changeBoard } from './change-board.ts'
import { liveBoard } from './locked-boards.ts'

/** Gives a board another name. */
export const renameBoard: Handler<'board.rename'> = async (work) => {
  const { name } = work.body
  const state = await liveBoard(work, work.targetId)
  const { board } = state
  if (name === board.name) return unchanged(boardResult(state))
  const renamed = await changeBoard(work, state, { name }, ['name'])
  const changes = { name: [board.name, name] as [string, string] }
  const body = { name: board.name }
  return {
    result: boardResult(renamed),
    events: [boardEvent('board.renamed', renamed, changes)],
    changes,
    inverse: [undoStep('board.rename', board.id, body, ['name'], board, renamed.board)],
    follow: [],
  }
}
