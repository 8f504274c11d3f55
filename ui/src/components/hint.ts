import { shallowRef } from 'vue'

/** Long enough not to follow a mouse that only passes by. */
const REST_MS = 500

export interface Hint {
  readonly element: Element
  readonly text: string
  readonly keys: string
}

/** The hint that is shown, beside its element. One at a time, and for eyes only. */
export const hint = shallowRef<Hint>()

let timer: ReturnType<typeof setTimeout> | undefined

/** Shows the hint once the mouse has rested, or at once for the keyboard. */
export function showHint(wanted: Hint, waitMs = REST_MS): void {
  hideHint()
  timer = setTimeout(() => {
    hint.value = wanted.element.isConnected ? wanted : undefined
  }, waitMs)
}

export function hideHint(): void {
  clearTimeout(timer)
  hint.value = undefined
}
