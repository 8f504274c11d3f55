import { watchDebounced } from '@vueuse/core'
import { useRoute, useRouter } from 'vue-router'
import { filtersFromQuery, queryFromFilters } from './filters.ts'
import { GROUPINGS } from './swimlanes.ts'
import { useBoardView } from './view-store.ts'

/** Typing is not a page per letter. */
const PAUSE_MS = 250

/** Keeps filters and grouping in the address, so that a link or a reload shows the same. */
export function useFilterQuery(): void {
  const view = useBoardView()
  const route = useRoute()
  const router = useRouter()

  view.filters = filtersFromQuery(route.query)
  view.grouping = GROUPINGS.find((name) => name === route.query['group']) ?? 'none'

  watchDebounced(
    () => [view.filters, view.grouping] as const,
    ([filters, grouping]) => {
      const group = grouping === 'none' ? undefined : grouping
      const query = { ...route.query, ...queryFromFilters(filters), group }
      void router.replace({ query })
    },
    { debounce: PAUSE_MS },
  )
}
