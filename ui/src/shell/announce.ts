import { shallowRef } from 'vue'

/** What was said last; a new object each time, so that the same words are heard again. */
export const said = shallowRef({ text: '' })

/** Tells those who hear the page what happened. */
export function announce(text: string): void {
  said.value = { text }
}
