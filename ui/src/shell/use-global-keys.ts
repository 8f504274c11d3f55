import { useEventListener } from '@vueuse/core'
import { useRouter } from 'vue-router'
import { useOverlays } from './overlays.ts'

/** The second key of a chord must follow within this time. */
const CHORD_MS = 1_200

/** Keys that work on every page: the palette, the sheet of shortcuts, and `G` followed by a place. */
export function useGlobalKeys(): void {
  const overlays = useOverlays()
  const router = useRouter()
  const places: Readonly<Record<string, string>> = { i: 'inbox', h: 'home' }
  let chordUntilMs = 0

  useEventListener(document, 'keydown', (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault()
      overlays.palette = !overlays.palette
      return
    }
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
    if (isWriting(event.target) || isCovered()) return
    const place = event.timeStamp < chordUntilMs ? places[event.key] : undefined
    chordUntilMs = event.key === 'g' ? event.timeStamp + CHORD_MS : 0
    if (event.key === '?') overlays.shortcuts = true
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
