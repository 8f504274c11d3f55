import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { BoardInfo, BoardSummary, ProjectView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { forgetBoardsOf, readOrKept } from '../offline/kept-reads.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { getAll } from '../shell/get-all.ts'
import { useSession } from '../shell/session.ts'

/** The projects of the workspace, and the boards of those that were looked at. */
export const useProjects = defineStore('projects', () => {
  const session = useSession()
  /** Undefined until they were read once. */
  const projects = shallowRef<readonly ProjectView[]>()
  const fault = shallowRef<ApiError>()
  const boards = ref(new Map<Id, readonly BoardSummary[]>())

  const sorted = computed(() => byName(projects.value ?? []))

  /** Never throws: what went wrong is in `fault`, and told wherever projects are listed. */
  async function load(): Promise<void> {
    try {
      fault.value = undefined
      if (!session.me) await session.load()
      const id = session.workspace?.id
      projects.value = id ? await read(id) : []
    } catch (error) {
      fault.value = asApiError(error)
    }
  }

  async function read(workspaceId: Id): Promise<ProjectView[]> {
    const path = `/workspaces/${workspaceId}/projects`
    const ask = async () => {
      const all = await getAll<ProjectView>(path)
      void forgetBoardsOf((home) => isGone(home, workspaceId, all))
      return all
    }
    return await readOrKept(path, ask, (now) => {
      projects.value = now
    })
  }

  /** A board's home is its workspace and project: somebody may have lost either. */
  function isGone(home: string, here: Id, found: readonly ProjectView[]): boolean {
    const [workspaceId, projectId] = home.split('/')
    if (workspaceId === here) return !found.some(({ id }) => id === projectId)
    return !session.workspaces.some(({ id }) => id === workspaceId)
  }

  async function loadBoards(projectId: Id): Promise<void> {
    const path = `/projects/${projectId}/boards`
    const put = (read: readonly BoardSummary[]) => boards.value.set(projectId, read)
    try {
      put(await readOrKept(path, async () => await getAll<BoardSummary>(path), put))
    } catch (error) {
      if (asApiError(error).status === 404) void loadAnew()
      throw error
    }
  }

  /**
   * Something that was shown is there no longer for this person: maybe its project or workspace is
   * not either, so all that leads there is read again. Never throws, as `load`.
   */
  async function loadAnew(): Promise<void> {
    try {
      await session.load()
      await load()
    } catch (error) {
      fault.value = asApiError(error)
    }
  }

  /** Projects or boards came, went or changed: reads again what was read of them. Never throws. */
  async function loadLists(): Promise<void> {
    await Promise.allSettled([load(), ...Array.from(boards.value.keys(), loadBoards)])
  }

  function find(projectId: Id): ProjectView | undefined {
    return projects.value?.find(({ id }) => id === projectId)
  }

  function boardsOf(projectId: Id): BoardSummary[] {
    return byName(boards.value.get(projectId) ?? [])
  }

  /** Shows a project as it now is; one that is archived is not among them. */
  function put(project: ProjectView): void {
    const others = projects.value?.filter(({ id }) => id !== project.id) ?? []
    projects.value = project.archivedAt ? others : [...others, project]
  }

  /** Shows a board as it now is; one that is archived is not among its project's. */
  function putBoard(board: BoardInfo): void {
    const all = boards.value.get(board.projectId) ?? []
    const before = all.find(({ id }) => id === board.id)
    const others = all.filter(({ id }) => id !== board.id)
    const summary = { ...board, openCards: before?.openCards ?? 0 }
    boards.value.set(board.projectId, board.archivedAt ? others : [...others, summary])
  }

  return {
    projects,
    fault,
    sorted,
    load,
    loadAnew,
    loadBoards,
    loadLists,
    find,
    boardsOf,
    put,
    putBoard,
  }
})

function byName<Named extends { name: string }>(list: readonly Named[]): Named[] {
  return list.toSorted((a, b) => a.name.localeCompare(b.name))
}
