import { computed, shallowRef, watch } from 'vue'
import type { RoleView } from '#core/contracts/roles.ts'
import type { Id } from '#core/kernel/ids.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { get, request } from '../shell/http.ts'
import { save } from '../shell/saves.ts'
import { roleChoices } from './role-choices.ts'

/** The roles a workspace has made, and what is changed about them. */
export function useRoles(workspaceId: () => Id | undefined) {
  const made = shallowRef<readonly RoleView[]>()
  const fault = shallowRef<ApiError>()
  const choices = computed(() => roleChoices(made.value ?? []))

  const pathOf = (roleId?: Id) =>
    `/workspaces/${workspaceId()}/roles${roleId === undefined ? '' : `/${roleId}`}`

  async function load(): Promise<void> {
    if (!workspaceId()) return
    try {
      made.value = (await get<{ items: RoleView[] }>(pathOf())).items
      fault.value = undefined
    } catch (error) {
      fault.value = asApiError(error)
    }
  }

  /** Makes one, or changes the one whose id is given; throws what stands in the way. */
  async function keep(
    role: Pick<RoleView, 'name' | 'permissions'>,
    roleId: Id | undefined,
  ): Promise<void> {
    await request(roleId === undefined ? 'POST' : 'PATCH', pathOf(roleId), { body: role })
    await load()
  }

  async function remove(roleId: Id): Promise<void> {
    const before = made.value
    await save(() => request('DELETE', pathOf(roleId)), {
      paint: () => (made.value = before?.filter(({ id }) => id !== roleId)),
      unpaint: () => (made.value = before),
    })
  }

  watch(workspaceId, load, { immediate: true })
  return { made, choices, fault, load, keep, remove }
}
