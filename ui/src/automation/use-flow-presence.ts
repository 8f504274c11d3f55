import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'
import type { FlowComments } from '#core/contracts/flows/comments.ts'
import type { FlowPresence } from '#core/contracts/flows/presence.ts'
import type { FlowView } from '#core/contracts/flows/views.ts'
import type { FlowChannel } from '../shell/channel-socket.ts'
import { useLive } from '../shell/live.ts'
import { TRIGGER } from './draft.ts'

interface Shown {
  readonly view: Ref<FlowView | undefined>
  readonly selected: Ref<string>
  readonly comments: Ref<FlowComments | undefined>
}

/** Who else draws a flow, and where; `newer` is called when one of them knows a newer draft or comments. */
export function useFlowPresence(
  { view, selected, comments }: Shown,
  newer: { readonly draft: () => void; readonly comments: () => void },
) {
  const live = useLive()
  const others = shallowRef<readonly FlowPresence[]>([])
  let channel: FlowChannel | undefined
  let isOver = false
  /** The newest versions anybody has told of, so that each is looked for once. */
  const told = { draft: 0, comments: 0 }

  function show(): void {
    const { draftVersion } = view.value ?? {}
    if (draftVersion === undefined) return
    const stepId = selected.value === TRIGGER ? null : selected.value
    channel?.show({ stepId, draftVersion, commentsVersion: comments.value?.version ?? 0 })
  }

  function present(all: readonly FlowPresence[]): void {
    others.value = all
    const draftVersions = all.map(({ draftVersion }) => draftVersion)
    look('draft', draftVersions, view.value?.draftVersion)
    const commentVersions = all.map(({ commentsVersion }) => commentsVersion)
    look('comments', commentVersions, comments.value?.version)
  }

  function look(what: keyof typeof told, versions: readonly number[], known?: number): void {
    const newest = Math.max(0, ...versions)
    if (newest <= told[what] || newest <= (known ?? newest)) return
    told[what] = newest
    newer[what]()
  }

  async function open(): Promise<void> {
    close()
    const id = view.value?.id
    if (!id) return
    const opened = await live.open()
    if (!opened || isOver || view.value?.id !== id) return
    channel = opened.code.openFlowChannel(opened.tab, id, present)
    show()
  }

  function close(): void {
    channel?.close()
    channel = undefined
    others.value = []
    told.draft = told.comments = 0
  }

  watch(() => view.value?.id, open, { immediate: true })
  watch([selected, () => view.value?.draftVersion, () => comments.value?.version], show)
  onScopeDispose(() => {
    isOver = true
    close()
  })
  return others
}
