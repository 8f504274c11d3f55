import { unchanged, undoStep, type Handler } from '#core/platform/handler.ts'
import { changeProject, lockedProject, projectEvents, projectResult } from './change-project.ts'
import { roomForProject } from './room.ts'

/** Brings an archived project back, with the boards it had. */
export const restoreProject: Handler<'project.restore'> = async (work) => {
  const project = await lockedProject(work, work.targetId)
  if (!project.archivedAt) return unchanged(projectResult(project))
  await roomForProject(work)
  const restored = await changeProject(work, project, { archivedAt: null }, ['archived'])
  const changes = { archived: [true, false] as [boolean, boolean] }
  return {
    result: projectResult(restored),
    events: await projectEvents(work, project.id, 'project.restored', changes),
    changes,
    inverse: [undoStep('project.archive', project.id, {}, ['archived'], project, restored)],
    follow: [],
  }
}
