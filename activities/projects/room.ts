import {
  BOARDS_PER_PROJECT_MAX,
  LABELS_PER_PROJECT_MAX,
  PROJECTS_PER_WORKSPACE_MAX,
} from '#core/kernel/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Work } from '#core/platform/handler.ts'
import { Board } from './board.ts'
import { Label } from './label.ts'
import { Project } from './project.ts'

/** Refuses one project more in a workspace that has as many as it may. */
export async function roomForProject({ trx, workspaceId }: Work): Promise<void> {
  const projects = await Project.query(trx)
    .where({ workspace_id: workspaceId })
    .whereNull('archived_at')
    .resultSize()
  if (projects < PROJECTS_PER_WORKSPACE_MAX) return
  throw new Refusal(
    'project.limit',
    `A workspace has at most ${PROJECTS_PER_WORKSPACE_MAX} projects.`,
  )
}

/** Refuses one board more in a project that has as many as it may. */
export async function roomForBoard({ trx }: Work, projectId: string): Promise<void> {
  const boards = await Board.query(trx)
    .where({ project_id: projectId })
    .whereNull('archived_at')
    .resultSize()
  if (boards < BOARDS_PER_PROJECT_MAX) return
  throw new Refusal('board.limit', `A project has at most ${BOARDS_PER_PROJECT_MAX} boards.`)
}

/** Refuses one label more in a project that has as many as it may. */
export async function roomForLabel({ trx }: Work, projectId: string): Promise<void> {
  const labels = await Label.query(trx)
    .where({ project_id: projectId })
    .whereNull('deleted_at')
    .resultSize()
  if (labels < LABELS_PER_PROJECT_MAX) return
  throw new Refusal('label.limit', `A project has at most ${LABELS_PER_PROJECT_MAX} labels.`)
}
