import type { BoardInfo, Changes } from '#core/contracts/views.ts'
import { versionAfter, type NewEvent, type Work } from '#core/platform/handler.ts'
import { Board } from './board.ts'
import { keepBoard, type BoardState } from './locked-boards.ts'

/** Writes a change of `fields` to the board; answers it as it now is. */
export async function changeBoard(
  work: Work,
  state: BoardState,
  patch: Partial<Board>,
  fields: readonly string[],
): Promise<BoardState> {
  const written = { ...patch, ...versionAfter(work, state.board, fields) }
  await Board.query(work.trx).patch(written).where('id', state.board.id)
  const after = { ...state, board: Object.assign(new Board(), state.board, written) }
  keepBoard(work, after)
  return after
}

/** A board as its viewers know it: the archive of its project holds it too. */
export const boardInfo = ({ board, project }: BoardState): BoardInfo => ({
  ...board.view(),
  archivedAt: board.archivedAt?.toISOString() ?? project.archivedAt,
})

export const boardResult = (state: BoardState) => ({ board: boardInfo(state) })

export const boardEvent = (type: string, state: BoardState, changes: Changes): NewEvent => ({
  boardId: state.board.id,
  type,
  board: boardInfo(state),
  changes,
})
