import { shallowRef, watch } from 'vue'
import { type ApiError, asApiError } from '../../shell/api-error.ts'
import { get } from '../../shell/http.ts'

/** A short list at an address, read again when the address changes. */
export function useItems<Item>(path: () => string) {
  const items = shallowRef<readonly Item[]>()
  const fault = shallowRef<ApiError>()

  async function load(): Promise<void> {
    try {
      items.value = (await get<{ items: Item[] }>(path())).items
      fault.value = undefined
    } catch (error) {
      fault.value = asApiError(error)
    }
  }

  watch(path, load, { immediate: true })
  return { items, fault, load }
}
