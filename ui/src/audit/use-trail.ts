import { shallowRef, watch } from 'vue'
import type { AuditLineView } from '#core/contracts/audit.ts'
import type { Page } from '#core/contracts/views.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { get } from '../shell/http.ts'
import { trailQuery, type TrailFilters } from './trail-query.ts'

/** The lines of the audit at `path` that fit the filters, as far as they were read. */
export function useTrail(path: () => string | undefined, filters: () => TrailFilters) {
  const lines = shallowRef<readonly AuditLineView[]>()
  const nextCursor = shallowRef<string | null>(null)
  const fault = shallowRef<ApiError>()
  let asked = 0

  async function read(cursor?: string): Promise<void> {
    const at = path()
    if (!at) return
    const query = trailQuery(filters())
    if (cursor) query.set('cursor', cursor)
    const mine = (asked += 1)
    try {
      const page = await get<Page<AuditLineView>>(`${at}?${query.toString()}`)
      // The filters have changed meanwhile: another answer is on its way.
      if (mine !== asked) return
      lines.value = cursor ? [...(lines.value ?? []), ...page.items] : page.items
      nextCursor.value = page.nextCursor
      fault.value = undefined
    } catch (error) {
      if (mine === asked) fault.value = asApiError(error)
    }
  }

  watch([path, filters], () => read(), { immediate: true })
  return { lines, nextCursor, fault, read }
}
