import { watchDebounced } from '@vueuse/core'
import { watch } from 'vue'
import { type LocationQuery, useRoute, useRouter } from 'vue-router'
import type { Id } from '#core/kernel/ids.ts'
import { type Filters, filtersFromQuery, queryFromFilters } from './filters.ts'
import { type Grouping, GROUPINGS } from './swimlanes.ts'
import { useBoardView } from './view-store.ts'

/** Typing is not a page per letter. */
const PAUSE_MS = 250

/**
 * Keeps filters and grouping in the address, so that a link or a reload shows the same; and follows
 * the address, so that going back, forward or to another board shows what stands there.
 */
export function useFilterQuery(boardId: () => Id): void {
  const view = useBoardView()
  const route = useRoute()
  const router = useRouter()
  /** What the address said last: our own writing is not news, more may have been typed since. */
  let known: string | undefined

  const words = (filters: Filters, grouping: Grouping) =>
    JSON.stringify([boardId(), queryFromFilters(filters), grouping])
  const isHere = () => route.name === 'board' && route.params['boardId'] === boardId()

  function follow(): void {
    if (!isHere()) return
    const [filters, grouping] = [filtersFromQuery(route.query), groupingFrom(route.query)]
    const said = words(filters, grouping)
    if (said === known) return
    known = said
    view.filters = filters
    view.grouping = grouping
  }

  watch([boardId, () => route.query], follow, { immediate: true })
  watchDebounced(
    () => [view.filters, view.grouping] as const,
    ([filters, grouping]) => {
      const said = words(filters, grouping)
      if (!isHere() || said === known) return
      known = said
      const group = grouping === 'none' ? undefined : grouping
      void router.replace({ query: { ...route.query, ...queryFromFilters(filters), group } })
    },
    { debounce: PAUSE_MS },
  )
}

function groupingFrom(query: LocationQuery): Grouping {
  return GROUPINGS.find((name) => name === query['group']) ?? 'none'
}
