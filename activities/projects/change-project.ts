import type { Changes } from '#core/contracts/views.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { versionAfter, type NewEvent, type Work } from '#core/platform/handler.ts'
import { Board } from './board.ts'
import { boardInfo } from './change-board.ts'
import { lockedBoard, type BoardState } from './locked-boards.ts'
import { Project } from './project.ts'

/**
 * A project that nobody else can change until the batch ends: its boards, labels and limits stand
 * still with it. Refuses ids of nowhere or of another workspace.
 */
export async function lockedProject(work: Work, projectId: string): Promise<Project> {
  const project = await Project.query(work.trx)
    .findById(projectId)
    .where('workspace_id', work.workspaceId)
    .forNoKeyUpdate()
  if (!project) throw new Refusal('project.not_found', 'There is no such project.')
  return project
}

/** A locked project that is not archived. */
export async function liveProject(work: Work, projectId: string): Promise<Project> {
  const project = await lockedProject(work, projectId)
  if (project.archivedAt) {
    throw new Refusal('project.archived', `The project «${project.name}» is archived.`)
  }
  return project
}

/** All boards of a locked project, archived ones too, oldest first. */
export async function projectBoards(work: Work, projectId: string): Promise<BoardState[]> {
  const rows = await Board.query(work.trx)
    .select('id')
    .where({ project_id: projectId })
    .orderBy('id')
  const boards: BoardState[] = []
  for (const { id } of rows) boards.push(await lockedBoard(work, id))
  return boards
}

/** Writes a change of `fields` to the project; answers it as it now is. */
export async function changeProject(
  work: Work,
  project: Project,
  patch: Partial<Project>,
  fields: readonly string[],
): Promise<Project> {
  const written = { ...patch, ...versionAfter(work, project, fields) }
  await Project.query(work.trx).patch(written).where('id', project.id)
  // Every board at hand carries its project's name and state, so all are read anew.
  work.locks.rows.clear()
  return Object.assign(new Project(), project, written)
}

/**
 * Tells every board of a project, the archived ones too: whoever reads one of those has it cached
 * by its last event's number.
 */
export async function tellBoards(
  work: Work,
  projectId: string,
  told: Omit<NewEvent, 'boardId' | 'board'>,
): Promise<NewEvent[]> {
  const boards = await projectBoards(work, projectId)
  return boards.map(({ board }) => ({ boardId: board.id, ...told }))
}

/** The same for what changed of the project itself. */
export async function projectEvents(
  work: Work,
  projectId: string,
  type: string,
  changes: Changes,
): Promise<NewEvent[]> {
  const boards = await projectBoards(work, projectId)
  return boards.map((state) => ({
    boardId: state.board.id,
    type,
    board: boardInfo(state),
    changes,
  }))
}

export const projectResult = (project: Project) => ({ project: project.view() })
