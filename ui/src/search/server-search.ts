import { FileSearch } from '@lucide/vue'
import { watchDebounced } from '@vueuse/core'
import { type Ref, ref, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { SEARCH_CHARS_MAX } from '#core/kernel/limits.ts'
import type { Page, SearchHit } from '#core/contracts/views.ts'
import { type ApiError, asApiError } from '../shell/api-error.ts'
import { get } from '../shell/http.ts'
import { useSession } from '../shell/session.ts'
import type { Entry } from './entry.ts'

/** People type faster than this; each pause asks once. */
const TYPING_MS = 150
const WORD_CHARS_MIN = 2
const HITS_MAX = 8

const FOUND_IN = { title: 'inTitle', description: 'inDescription', comment: 'inComment' } as const

/** What the server finds for the words, on whatever board; the newest question wins. */
export function useServerSearch(words: Ref<string>) {
  const { t } = useI18n()
  const router = useRouter()
  const session = useSession()
  const found = shallowRef<readonly Entry[]>([])
  const looking = ref(false)
  const fault = shallowRef<ApiError>()
  let asking = new AbortController()

  watchDebounced(words, ask, { debounce: TYPING_MS })

  async function ask(): Promise<void> {
    asking.abort()
    const { signal } = (asking = new AbortController())
    const q = words.value.trim().slice(0, SEARCH_CHARS_MAX)
    found.value = []
    fault.value = undefined
    looking.value = q.length >= WORD_CHARS_MIN
    if (!looking.value) return
    try {
      const query = new URLSearchParams({ q, limit: String(HITS_MAX) })
      if (session.workspace) query.set('workspaceId', session.workspace.id)
      const page = await get<Page<SearchHit>>(`/search?${query}`, { signal, attemptsMax: 1 })
      found.value = page.items.map(entry)
    } catch (error) {
      if (!signal.aborted) fault.value = asApiError(error)
    } finally {
      if (!signal.aborted) looking.value = false
    }
  }

  function entry(hit: SearchHit): Entry {
    const to = { name: 'board', params: { boardId: hit.boardId }, query: { card: hit.cardId } }
    const inTitle = hit.foundIn === 'title'
    const where = inTitle ? '' : `, ${t(`search.${FOUND_IN[hit.foundIn]}`)}`
    return {
      id: `found-${hit.cardId}`,
      group: 'found',
      text: `${hit.projectKey}-${hit.number} ${inTitle ? hit.excerpt : hit.title}`,
      hint: `${hit.boardName}${where}`,
      excerpt: inTitle ? undefined : hit.excerpt,
      icon: FileSearch,
      run: () => void router.push(to),
    }
  }

  return { found, looking, fault }
}
