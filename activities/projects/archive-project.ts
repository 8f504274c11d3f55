import { undoStep, type Handler } from '#core/platform/handler.ts'
import { Board } from './board.ts'
import { changeProject, liveProject, projectEvents, projectResult } from './change-project.ts'
import { refuseUsed } from './unmaking.ts'

/** Puts a project away with all its boards; it can be restored at any time. */
export const archiveProject: Handler<'project.archive'> = async (work) => {
  const project = await liveProject(work, work.targetId)
  const boards = Board.query(work.trx).where({ project_id: project.id })
  await refuseUsed(work, async () => (await boards.resultSize()) > 0)

  const archived = await changeProject(work, project, { archivedAt: work.now }, ['archived'])
  const changes = { archived: [false, true] as [boolean, boolean] }
  return {
    result: projectResult(archived),
    events: await projectEvents(work, project.id, 'project.archived', changes),
    changes,
    inverse: [undoStep('project.restore', project.id, {}, ['archived'], project, archived)],
    follow: [],
  }
}
