import { useDebounceFn, useIntervalFn } from '@vueuse/core'
import { onScopeDispose, watch } from 'vue'
import type { Id } from '#core/kernel/ids.ts'
import { useLive } from '../shell/live.ts'

/** What happens at one moment is read once. */
const SETTLE_MS = 100
const SETTLE_MAX_MS = 1_000
/** Not all is told: that a run waits for an answer, or is stuck. */
const LOOK_EVERY_MS = 5_000

/** Reads a run that goes on while one looks: as it is told what happens in it, and now and then besides. */
export function useRunNews(goingOn: () => Id | undefined, read: () => Promise<void>): void {
  const live = useLive()
  let close: (() => void) | undefined
  let isOver = false
  const look = () => goingOn() !== undefined && document.visibilityState === 'visible' && read()
  const lookSoon = useDebounceFn(look, SETTLE_MS, { maxWait: SETTLE_MAX_MS })

  async function follow(id: Id | undefined): Promise<void> {
    end()
    if (id === undefined) return
    const opened = await live.open()
    if (!opened || isOver || goingOn() !== id || close) return
    close = opened.code.openJobChannel(opened.tab, id, () => void lookSoon())
  }

  function end(): void {
    close?.()
    close = undefined
  }

  watch(goingOn, follow, { immediate: true })
  useIntervalFn(() => void look(), LOOK_EVERY_MS)
  onScopeDispose(() => {
    isOver = true
    end()
  })
}
