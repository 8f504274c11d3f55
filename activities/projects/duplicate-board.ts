import { unmake, type Handler } from '#core/platform/handler.ts'
import { boardResult } from './change-board.ts'
import { liveProject } from './change-project.ts'
import { copiedEvent, copyBoard, followCopy } from './copy-board.ts'
import { Label } from './label.ts'
import { lockedBoard } from './locked-boards.ts'
import { roomForBoard } from './room.ts'

/** Makes a board like another of its project, with its columns and open cards. */
export const duplicateBoard: Handler<'board.duplicate'> = async (work) => {
  const source = await lockedBoard(work, work.targetId)
  const project = await liveProject(work, source.board.projectId)
  await roomForBoard(work, project.id)
  const labels = await Label.query(work.trx).where('project_id', project.id).whereNull('deleted_at')
  const same = new Map(labels.map(({ id }) => [id, id]))
  const copy = await copyBoard(work, source, project, work.body.name, same)
  return {
    result: boardResult(copy),
    events: [copiedEvent(copy)],
    changes: { name: [null, copy.board.name] },
    inverse: [unmake('board.archive', copy.board.id, { name: 1, archived: 1 })],
    follow: followCopy(copy),
  }
}
