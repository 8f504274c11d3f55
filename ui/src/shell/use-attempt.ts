import { ref, shallowRef } from 'vue'
import { type ApiError, asApiError } from './api-error.ts'

/** What a form asks of the server: whether it is under way, and what it threw the last time. */
export function useAttempt() {
  const busy = ref(false)
  const fault = shallowRef<ApiError>()

  async function attempt(work: () => Promise<void>): Promise<void> {
    busy.value = true
    fault.value = undefined
    try {
      await work()
    } catch (error) {
      fault.value = asApiError(error)
    } finally {
      busy.value = false
    }
  }

  return { busy, fault, attempt }
}
