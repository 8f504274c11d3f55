import { useIntervalFn } from '@vueuse/core'
import { computed, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { RunHead, RunsAsked } from '#core/contracts/flows/views.ts'
import type { Page } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { getAll } from '../shell/get-all.ts'
import { get } from '../shell/http.ts'

const FILTERS = ['flow', 'card', 'status', 'days'] as const
export type RunFilter = (typeof FILTERS)[number]
const NAMES = { flow: 'flowId', card: 'cardId', status: 'status' } as const
export const STATUSES = [
  'running',
  'stuck',
  'waiting',
  'done',
  'failed',
  'loop',
  'cancelled',
  'throttled',
] as const satisfies readonly RunsAsked['status'][]
export const DAYS = ['1', '7', '30'] as const
const DAY_MS = 86_400_000
const LOOK_EVERY_MS = 2_000

/** The runs of a project, the newest first; the filter stands in the address. */
export function useRuns(projectId: () => Id) {
  const [route, router] = [useRoute(), useRouter()]
  const items = shallowRef<readonly RunHead[]>()
  const nextCursor = shallowRef<string | null>(null)
  const fault = shallowRef<ApiError>()
  /** Nothing was asked for beyond the first page. */
  let isBeginning = true

  const asked = computed(() =>
    Object.fromEntries(
      FILTERS.flatMap((name) => {
        const value = route.query[name]
        return typeof value === 'string' && value !== '' ? [[name, value] as const] : []
      }),
    ),
  )

  /** The list as the API is asked for it. */
  function path(): string {
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(asked.value)) {
      if (name !== 'days') query.set(NAMES[name as keyof typeof NAMES], value)
      else if (DAYS.some((days) => days === value)) {
        query.set('from', new Date(Date.now() - Number(value) * DAY_MS).toISOString())
      }
    }
    return `/projects/${projectId()}/runs?${query}`
  }

  /** The first page, or what follows; none that was overtaken by another wish. */
  async function readPage(cursor?: string): Promise<void> {
    const [before, wasBeginning] = [asked.value, isBeginning]
    const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const page = await get<Page<RunHead>>(path() + more)
    if (isBeginning !== wasBeginning || asked.value !== before) return
    items.value = cursor ? [...(items.value ?? []), ...page.items] : page.items
    nextCursor.value = page.nextCursor
  }

  async function load(cursor?: string): Promise<void> {
    isBeginning = cursor === undefined
    try {
      await readPage(cursor)
      fault.value = undefined
    } catch (error) {
      fault.value = asApiError(error)
    }
  }

  /** Follows what goes on while one looks; further down the list stays as it was read. */
  async function look(): Promise<void> {
    const isUnderWay = items.value?.some(({ endedAt }) => endedAt === null)
    if (!isBeginning || !isUnderWay || document.visibilityState !== 'visible') return
    await readPage()
  }
  // What cannot be read now is read two seconds later.
  useIntervalFn(() => void look().catch(() => {}), LOOK_EVERY_MS)

  /** All that the filter finds, as many as a list may have. */
  async function all(): Promise<readonly RunHead[]> {
    return await getAll<RunHead>(path())
  }

  function narrow(name: RunFilter, [value]: readonly string[]): void {
    const { [name]: _, ...others } = asked.value
    void router.replace({ query: value ? { ...others, [name]: value } : others })
  }

  watch([projectId, asked], () => load(), { immediate: true })
  return { items, nextCursor, fault, asked, load, all, narrow }
}
