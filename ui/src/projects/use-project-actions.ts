import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import type { BoardInfo, ProjectView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { newId } from '#core/kernel/ids.ts'
import { act } from '../shell/act.ts'
import { offerUndo, save } from '../shell/saves.ts'
import { useProjects } from './store.ts'

/** What people do with projects and boards: painted at once, taken back with one click. */
export function useProjectActions() {
  const { t } = useI18n()
  const router = useRouter()
  const projects = useProjects()

  async function renameProject(project: ProjectView, name: string): Promise<void> {
    const key = newId()
    await save(async () => await act('project.rename', project.id, { name }, { key }), {
      paint: () => projects.put({ ...project, name }),
      unpaint: () => projects.put(project),
    })
  }

  async function archiveProject(project: ProjectView): Promise<void> {
    const key = newId()
    const done = await save(async () => await act('project.archive', project.id, {}, { key }), {
      paint: () => projects.put({ ...project, archivedAt: new Date().toISOString() }),
      unpaint: () => projects.put(project),
    })
    if (!done) return
    await router.push({ name: 'home' })
    offerUndo(t('projects.archived', { name: project.name }), () => void restoreProject(project.id))
  }

  async function restoreProject(projectId: Id): Promise<void> {
    const key = newId()
    const done = await save(async () => await act('project.restore', projectId, {}, { key }))
    if (done) projects.put(done.project)
  }

  async function renameBoard(board: BoardInfo, name: string): Promise<void> {
    const key = newId()
    await save(async () => await act('board.rename', board.id, { name }, { key }), {
      paint: () => projects.putBoard({ ...board, name }),
      unpaint: () => projects.putBoard(board),
    })
  }

  async function archiveBoard(board: BoardInfo): Promise<void> {
    const key = newId()
    const done = await save(async () => await act('board.archive', board.id, {}, { key }), {
      paint: () => projects.putBoard({ ...board, archivedAt: new Date().toISOString() }),
      unpaint: () => projects.putBoard(board),
    })
    if (done)
      offerUndo(t('projects.archived', { name: board.name }), () => void restoreBoard(board.id))
  }

  async function restoreBoard(boardId: Id): Promise<void> {
    const key = newId()
    const done = await save(async () => await act('board.restore', boardId, {}, { key }))
    if (done) await projects.loadBoards(done.board.projectId)
  }

  return { renameProject, archiveProject, restoreProject, renameBoard, archiveBoard, restoreBoard }
}
