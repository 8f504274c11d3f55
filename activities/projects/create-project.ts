import { unmake, type Handler } from '#core/platform/handler.ts'
import { projectResult } from './change-project.ts'
import { insertProject } from './insert-project.ts'

/** Creates an empty project; its key begins the numbers of its cards. */
export const createProject: Handler<'project.create'> = async (work) => {
  const project = await insertProject(work, work.body)
  return {
    result: projectResult(project),
    events: [],
    changes: { name: [null, project.name], key: [null, project.key] },
    inverse: [unmake('project.archive', project.id)],
    follow: [],
  }
}
