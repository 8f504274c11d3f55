import { spreadRanks } from '#core/kernel/rank.ts'
import { unmake, type Handler } from '#core/platform/handler.ts'
import { boardEvent, boardResult } from './change-board.ts'
import { liveProject } from './change-project.ts'
import { insertBoard } from './insert-board.ts'
import { roomForBoard } from './room.ts'

const DEFAULT_COLUMNS = ['To do', 'In progress', 'Done']

/** Creates a board with the columns that are asked for, or with the usual three. */
export const createBoard: Handler<'board.create'> = async (work) => {
  const { name, columns = DEFAULT_COLUMNS } = work.body
  const project = await liveProject(work, work.targetId)
  await roomForBoard(work, project.id)
  const ranks = spreadRanks(columns.length)
  const state = await insertBoard(
    work,
    project,
    name,
    columns.map((title, index) => ({
      name: title,
      rank: ranks[index]!,
      wipLimit: null,
      wipMode: 'warn',
    })),
  )
  const changes = { name: [null, name] as [null, string] }
  return {
    result: boardResult(state),
    events: [boardEvent('board.created', state, changes)],
    changes,
    inverse: [unmake('board.archive', state.board.id)],
    follow: [],
  }
}
