import { watch } from 'vue'
import { useRoute } from 'vue-router'
import type { Id } from '#core/kernel/ids.ts'
import { TRIGGER } from './draft.ts'
import type { Designer } from './use-designer.ts'

interface Shows {
  readonly run: () => void
  readonly comment: (id: Id) => void
}

/** Shows what the address asks for besides the flow: how a run went, or a comment with its step. */
export function useAskedFor(designer: Designer, show: Shows): void {
  const { view, trying, comments, placed, selected } = designer
  const route = useRoute()

  async function replay(): Promise<void> {
    const { run } = route.query
    if (typeof run !== 'string' || !view.value) return
    await trying.replay(run as Id).catch(() => {})
    show.run()
  }
  watch(() => view.value?.id, replay, { immediate: true })

  function showComment(): void {
    const asked = comments.items.value.find(({ id }) => id === route.query['comment'])
    if (!asked) return
    const isThere = placed.value.some(({ step: { id } }) => id === asked.stepId)
    selected.value = isThere ? asked.stepId! : TRIGGER
    show.comment(asked.id)
  }
  watch(() => [route.query['comment'], comments.all.value !== undefined], showComment)
}
