import { nextTick, shallowRef } from 'vue'
import type * as sonner from 'vue-sonner'
import 'vue-sonner/style.css'

type Options = Parameters<typeof sonner.toast>[1]

/** What shows toasts; there once it was read, with the first toast or ahead of it. */
export const toasts = shallowRef<typeof sonner>()

export async function loadToasts(): Promise<typeof sonner> {
  if (!toasts.value) {
    toasts.value = await import('vue-sonner')
    // The place for toasts hears only of those that come when it is on the page.
    await nextTick()
  }
  return toasts.value
}

/** Tells something in the corner for a while; `failed` marks what went wrong. */
export async function toast(words: string, options?: Options, failed = false): Promise<void> {
  const loaded = await loadToasts()
  if (failed) loaded.toast.error(words, options)
  else loaded.toast(words, options)
}
