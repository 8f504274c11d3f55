import { useDebounceFn, useEventListener } from '@vueuse/core'
import { onBeforeUnmount, ref, type Ref, type ShallowRef, watch } from 'vue'
import type { FlowView } from '#core/contracts/flows/views.ts'
import { canonicalJson } from '#core/kernel/canonical-json.ts'
import { asApiError } from '../shell/api-error.ts'
import { get, request } from '../shell/http.ts'
import { clashingIds } from './clashing-ids.ts'
import { drawn, type DrawnFlow } from '#core/contracts/flows/drawn.ts'
import { withIds } from './draft.ts'
import type { useHistory } from './history.ts'
import { merged } from './merged.ts'

const QUIET_MS = 500

/** What is to be told of whoever draws when something of others came in. */
interface Ports {
  readonly view: ShallowRef<FlowView | undefined>
  readonly history: ReturnType<typeof useHistory<DrawnFlow>>
  /** Steps of this page have other ids now, as others have called theirs so. */
  readonly renamed: (names: ReadonlyMap<string, string>) => void
}

/**
 * Keeps the draft while it is drawn: after each pause, one change after the other. What others have
 * changed meanwhile is merged in, and into what can be undone too: undoing takes back what was drawn
 * here and nothing of theirs.
 */
export function useDraftSaving({ view, history, renamed }: Ports) {
  const state = ref<'saved' | 'open' | 'failed'>('saved')
  const flow: Ref<DrawnFlow> = history.value
  /** What the server has, as far as it is known here. */
  let kept: DrawnFlow | undefined
  let sending: Promise<void> | undefined

  /** What is there now is what the server has. */
  function begin(): void {
    kept = flow.value
    state.value = 'saved'
  }

  /** Settles when what is drawn is kept, or cannot be. */
  async function flush(): Promise<void> {
    await sending
    if (!view.value || kept === flow.value) return
    sending = send(view.value, flow.value).finally(() => (sending = undefined))
    await sending
    if (state.value === 'open') await flush()
  }

  async function send({ id, draftVersion }: FlowView, draft: DrawnFlow): Promise<void> {
    const body = { baseVersion: draftVersion, draft }
    try {
      const path = `/flows/${id}/draft`
      const answer = await request<{ draftVersion: number }>('PUT', path, { body })
      kept = draft
      if (view.value?.id === id) view.value = { ...view.value, ...answer }
      settle()
    } catch (error) {
      const isChanged = asApiError(error).code === 'flow.changed'
      if (!isChanged || !(await takeTheirs(id, draft))) state.value = 'failed'
    }
  }

  /** Reads what others have made of it, and goes on with both; answers whether it could. */
  async function takeTheirs(id: string, sent?: DrawnFlow): Promise<boolean> {
    const read = await get<FlowView>(`/flows/${id}`).catch(() => undefined)
    if (!read || view.value?.id !== id || !kept) return read !== undefined
    const theirs = drawn(read.draft)
    // An answer that was lost: it is ours that is there.
    const base = sent && canonicalJson(sent) === canonicalJson(theirs) ? sent : kept
    const names = clashingIds(base, flow.value, theirs)
    history.rewrite((each) => merged(base, withIds(each, names), theirs) as DrawnFlow)
    if (names.size > 0) renamed(names)
    view.value = read
    kept = canonicalJson(flow.value) === canonicalJson(theirs) ? flow.value : theirs
    settle()
    return true
  }

  function settle(): void {
    state.value = kept === flow.value ? 'saved' : 'open'
  }

  /** Others have a newer draft: it is taken after what is under way. */
  async function lookAtOthers(): Promise<void> {
    await sending
    if (view.value && (await takeTheirs(view.value.id))) await flush()
  }

  const flushSoon = useDebounceFn(flush, QUIET_MS)
  watch(flow, () => {
    if (kept === undefined || kept === flow.value) return
    state.value = 'open'
    void flushSoon()
  })
  useEventListener(window, 'online', () => void flush())
  useEventListener(window, 'beforeunload', (event) => {
    if (state.value !== 'saved') event.preventDefault()
  })
  onBeforeUnmount(() => void flush())
  return { state, begin, flush, lookAtOthers }
}
