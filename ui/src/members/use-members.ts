import { shallowRef, watch } from 'vue'
import type { ListedMember } from '#core/contracts/members.ts'
import type { Id } from '#core/kernel/ids.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { getAll } from '../shell/get-all.ts'
import { request } from '../shell/http.ts'
import { save } from '../shell/saves.ts'
import type { RoleChoice } from './role-choices.ts'

/** The people of a workspace, and what is changed about them: painted at once, taken back if refused. */
export function useMembers(workspaceId: () => Id | undefined) {
  const members = shallowRef<readonly ListedMember[]>()
  const fault = shallowRef<ApiError>()

  const pathOf = (userId: Id) => `/workspaces/${workspaceId()}/members/${userId}`

  async function load(): Promise<void> {
    const id = workspaceId()
    if (!id) return
    try {
      members.value = await getAll<ListedMember>(`/workspaces/${id}/members`)
      fault.value = undefined
    } catch (error) {
      fault.value = asApiError(error)
    }
  }

  /** Answers whether it was done. */
  async function write(paint: ListedMember[], send: () => Promise<unknown>): Promise<boolean> {
    const before = members.value
    const sent = await save(async () => (await send(), true), {
      paint: () => (members.value = paint),
      unpaint: () => (members.value = before),
    })
    return sent === true
  }

  async function give(userId: Id, { role, roleId, given }: RoleChoice): Promise<boolean> {
    const changed = (members.value ?? []).map((one) =>
      one.id === userId ? { ...one, role, roleId } : one,
    )
    return await write(changed, () => request('PATCH', pathOf(userId), { body: given }))
  }

  async function remove(userId: Id): Promise<boolean> {
    const others = (members.value ?? []).filter(({ id }) => id !== userId)
    return await write(others, () => request('DELETE', pathOf(userId)))
  }

  watch(workspaceId, load, { immediate: true })
  return { members, fault, load, give, remove }
}
