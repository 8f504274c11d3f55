import { useEventListener } from '@vueuse/core'
import { PREFIX } from './kept.ts'

/** `act` is called when another page of this browser keeps something else under a key that begins so. */
export function onKeptElsewhere(start: string, act: () => void): void {
  useEventListener(window, 'storage', ({ key }) => {
    if (key === null || key.startsWith(PREFIX + start)) act()
  })
}
