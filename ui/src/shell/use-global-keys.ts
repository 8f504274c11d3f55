import { useEventListener } from '@vueuse/core'
import { useRouter } from 'vue-router'
import { useChord } from './chord.ts'
import { useHeldKeys } from './held-keys.ts'
import { useOverlays } from './overlays.ts'

/** Keys that work on every page: the palette, the sheet of shortcuts, and `G` followed by a place. */
export function useGlobalKeys(): void {
  const overlays = useOverlays()
  const router = useRouter()
  const chord = useChord()

  useHeldKeys(
    () => overlays.palette,
    () => (overlays.palette = false),
  )
  useEventListener(document, 'keydown', (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      overlays.palette = !overlays.palette
      return
    }
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
    if (isWriting(event.target) || isCovered()) return
    const place = chord.follow(event.key)
    if (event.key === 'g') chord.begin()
    else if (event.key === '?') overlays.shortcuts = true
    else if (place === undefined) return
    else void router.push({ name: place })
    event.preventDefault()
  })
}

/** Letters typed into a field are letters. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  )
}

function isCovered(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null
}
