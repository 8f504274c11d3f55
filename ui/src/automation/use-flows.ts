import { shallowRef, watch } from 'vue'
import type { FlowHead } from '#core/contracts/flows/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { get, request } from '../shell/http.ts'
import { save } from '../shell/saves.ts'

/** The flows of a project, and whether events start them. */
export function useFlows(projectId: () => Id) {
  const flows = shallowRef<readonly FlowHead[]>()
  const fault = shallowRef<ApiError>()

  async function load(): Promise<void> {
    try {
      flows.value = (await get<{ items: FlowHead[] }>(`/projects/${projectId()}/flows`)).items
      fault.value = undefined
    } catch (error) {
      fault.value = asApiError(error)
    }
  }

  async function setActive(flow: FlowHead, active: boolean, cancelRuns = false): Promise<void> {
    const before = flows.value
    const now = { ...flow, active, pausedBecause: null }
    const options = active ? {} : { body: { cancelRuns } }
    await save(
      () => request('POST', `/flows/${flow.id}/${active ? 'activate' : 'deactivate'}`, options),
      {
        paint: () => (flows.value = before?.map((each) => (each.id === flow.id ? now : each))),
        unpaint: () => (flows.value = before),
      },
    )
  }

  watch(projectId, load, { immediate: true })
  return { flows, fault, load, setActive }
}
