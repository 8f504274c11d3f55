import { useTimeoutFn } from '@vueuse/core'
import { useOverlays } from './overlays.ts'

/** The second key of a chord must follow within this time. */
const CHORD_MS = 4_000
/** Whoever hesitates so long is shown what may follow. */
const HINT_AFTER_MS = 600

/** The pages that a `G` and a second key lead to, by the second key. */
export const CHORDS = { h: 'home', i: 'inbox' } as const

/** Waits for the second key of a chord. */
export function useChord() {
  const overlays = useOverlays()
  const untimed = { immediate: false }
  const hint = useTimeoutFn(() => (overlays.chord = true), HINT_AFTER_MS, untimed)
  const wait = useTimeoutFn(end, CHORD_MS, untimed)

  function begin(): void {
    hint.start()
    wait.start()
  }

  function end(): void {
    hint.stop()
    wait.stop()
    overlays.chord = false
  }

  /** The page that this key leads to if a chord has begun; in any case it is over then. */
  function follow(key: string): string | undefined {
    const place = wait.isPending.value ? CHORDS[key as keyof typeof CHORDS] : undefined
    end()
    return place
  }

  return { begin, follow }
}
