import { useDebounceFn, useEventListener } from '@vueuse/core'
import { onBeforeUnmount, ref, type Ref, type ShallowRef, watch } from 'vue'
import type { FlowView } from '#core/contracts/flows/views.ts'
import { asApiError } from '../shell/api-error.ts'
import { request } from '../shell/http.ts'
import type { DrawnFlow } from './draft.ts'

const QUIET_MS = 500

/** Keeps the draft while it is drawn: after each pause, one change after the other. */
export function useDraftSaving(view: ShallowRef<FlowView | undefined>, flow: Ref<DrawnFlow>) {
  /** `changed`: somebody else has changed it meanwhile, and nothing is kept until that is settled. */
  const state = ref<'saved' | 'open' | 'failed' | 'changed'>('saved')
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
    if (!view.value || kept === flow.value || state.value === 'changed') return
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
      state.value = kept === flow.value ? 'saved' : 'open'
    } catch (error) {
      state.value = asApiError(error).code === 'flow.changed' ? 'changed' : 'failed'
    }
  }

  const flushSoon = useDebounceFn(flush, QUIET_MS)
  watch(flow, () => {
    if (kept === undefined || kept === flow.value || state.value === 'changed') return
    state.value = 'open'
    void flushSoon()
  })
  useEventListener(window, 'online', () => void flush())
  useEventListener(window, 'beforeunload', (event) => {
    if (state.value !== 'saved') event.preventDefault()
  })
  onBeforeUnmount(() => void flush())
  return { state, begin, flush }
}
