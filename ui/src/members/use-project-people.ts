import { computed, shallowRef, watch } from 'vue'
import type { ProjectMember, ProjectPeople, RoleInProject } from '#core/contracts/members.ts'
import type { Id } from '#core/kernel/ids.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { getAll } from '../shell/get-all.ts'
import { get, request } from '../shell/http.ts'
import { save } from '../shell/saves.ts'
import type { ProjectRoleChoice } from './role-choices.ts'

interface Said {
  readonly people: readonly ProjectMember[]
  readonly everybody: RoleInProject | null
}

/** What is said of people in a project: painted at once, taken back if refused. */
export function useProjectPeople(projectId: () => Id) {
  const said = shallowRef<Said>()
  const fault = shallowRef<ApiError>()
  const home = () => `/projects/${projectId()}`

  async function load(): Promise<void> {
    try {
      const [people, { everybody }] = await Promise.all([
        getAll<ProjectMember>(`${home()}/members`),
        get<ProjectPeople>(`${home()}/members?limit=1`),
      ])
      said.value = { people, everybody }
      fault.value = undefined
    } catch (error) {
      fault.value = asApiError(error)
    }
  }

  /** Answers whether it was done. */
  async function write(path: string, choice: ProjectRoleChoice | null, paint: Said) {
    const before = said.value
    const send = () =>
      choice
        ? request('PUT', `${home()}${path}`, { body: choice.given })
        : request('DELETE', `${home()}${path}`)
    const sent = await save(async () => (await send(), true), {
      paint: () => (said.value = paint),
      unpaint: () => (said.value = before),
    })
    return sent === true
  }

  /** Says it of one person; with null they are what everybody is. */
  async function sayOf(userId: Id, choice: ProjectRoleChoice | null): Promise<boolean> {
    const { people, everybody } = said.value!
    const changed = people.map((one) =>
      one.id === userId ? { ...one, inProject: choice && heldOf(choice) } : one,
    )
    return await write(`/members/${userId}`, choice, { people: changed, everybody })
  }

  /** Says it of everybody who is not named; with null they are what they are in the workspace. */
  async function sayOfAll(choice: ProjectRoleChoice | null): Promise<boolean> {
    const { people } = said.value!
    return await write('/everybody', choice, { people, everybody: choice && heldOf(choice) })
  }

  const heldOf = ({ role, roleId }: ProjectRoleChoice): RoleInProject => ({ role, roleId })

  watch(projectId, load, { immediate: true })
  return {
    people: computed(() => said.value?.people),
    everybody: computed(() => said.value?.everybody ?? null),
    fault,
    load,
    sayOf,
    sayOfAll,
  }
}
