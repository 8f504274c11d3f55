import { toast as show } from 'vue-sonner'
import 'vue-sonner/style.css'

type Options = Parameters<typeof show>[1]

/** Tells something in the corner for a while; `failed` marks what went wrong. */
export function toast(words: string, options?: Options, failed = false): void {
  if (failed) show.error(words, options)
  else show(words, options)
}

export function dismissToast(id: string): void {
  show.dismiss(id)
}
