import type { WorkspaceView } from '#core/contracts/views.ts'
import type { DeletedWorkspace } from '#core/contracts/workspaces.ts'
import type { Id } from '#core/kernel/ids.ts'
import { useProjects } from '../projects/store.ts'
import { get, request } from '../shell/http.ts'
import { useSession } from '../shell/session.ts'

/** What is done to whole workspaces. Each throws an ApiError when it was not done. */
export function useWorkspaces() {
  const [session, projects] = [useSession(), useProjects()]

  async function create(name: string): Promise<void> {
    const { id } = await request<WorkspaceView>('POST', '/workspaces', { body: { name } })
    await go(id)
  }

  async function rename(id: Id, name: string): Promise<void> {
    await request('PATCH', `/workspaces/${id}`, { body: { name } })
    await session.load()
  }

  async function remove(id: Id, name: string): Promise<void> {
    await request('POST', `/workspaces/${id}/delete`, { body: { name } })
    await session.load()
  }

  async function deleted(): Promise<readonly DeletedWorkspace[]> {
    return (await get<{ items: DeletedWorkspace[] }>('/deleted-workspaces')).items
  }

  async function restore(id: Id): Promise<void> {
    await request('POST', `/deleted-workspaces/${id}/restore`)
    await go(id)
  }

  /** Into a workspace that was none of the person's before. */
  async function go(id: Id): Promise<void> {
    await session.load()
    session.enter(id)
    await projects.load()
  }

  return { create, rename, remove, deleted, restore }
}
