import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import type { FlowPresence } from '#core/contracts/flows/presence.ts'
import type { FlowView } from '#core/contracts/flows/views.ts'
import type { FlowChannel } from '../shell/channel-socket.ts'
import { useLive } from '../shell/live.ts'
import { TRIGGER } from './draft.ts'

/** Who else draws a flow, and where; `newer` is called when one of them knows a newer draft. */
export function useFlowPresence(
  view: Ref<FlowView | undefined>,
  selected: Ref<string>,
  newer: () => void,
) {
  const live = useLive()
  const others = shallowRef<readonly FlowPresence[]>([])
  let channel: FlowChannel | undefined
  /** The newest version anybody has told of, so that each is looked for once. */
  let told = 0

  function show(): void {
    const { draftVersion } = view.value ?? {}
    if (draftVersion === undefined) return
    channel?.show({ stepId: selected.value === TRIGGER ? null : selected.value, draftVersion })
  }

  function present(all: readonly FlowPresence[]): void {
    others.value = all
    const newest = Math.max(0, ...all.map(({ draftVersion }) => draftVersion))
    if (newest <= told || newest <= (view.value?.draftVersion ?? newest)) return
    told = newest
    newer()
  }

  async function open(): Promise<void> {
    close()
    const id = view.value?.id
    if (!id) return
    const opened = await live.open()
    if (!opened || view.value?.id !== id) return
    channel = opened.code.openFlowChannel(opened.tab, id, present)
    show()
  }

  function close(): void {
    channel?.close()
    channel = undefined
    others.value = []
    told = 0
  }

  watch(() => view.value?.id, open, { immediate: true })
  watch([selected, () => view.value?.draftVersion], show)
  onScopeDispose(close)
  return others
}
