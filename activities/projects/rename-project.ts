import { unchanged, undoStep, type Handler } from '#core/platform/handler.ts'
import { changeProject, liveProject, projectResult, tellBoards } from './change-project.ts'

/** Gives a project another name; its boards show it, so their viewers read them again. */
export const renameProject: Handler<'project.rename'> = async (work) => {
  const { name } = work.body
  const project = await liveProject(work, work.targetId)
  if (name === project.name) return unchanged(projectResult(project))
  const renamed = await changeProject(work, project, { name }, ['name'])
  const changes = { name: [project.name, name] as [string, string] }
  const body = { name: project.name }
  return {
    result: projectResult(renamed),
    events: await tellBoards(work, project.id, { type: 'project.renamed', reload: true, changes }),
    changes,
    inverse: [undoStep('project.rename', project.id, body, ['name'], project, renamed)],
    follow: [],
  }
}
