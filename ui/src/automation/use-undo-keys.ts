import { useEventListener } from '@vueuse/core'
import type { Designer } from './use-designer.ts'

/** The usual chords undo and redo what was drawn, wherever in the designer one is. */
export function useUndoKeys({ history }: Designer): void {
  useEventListener(document, 'keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
    if (document.querySelector('[role="dialog"]')) return
    // What is typed there is no part of the flow.
    if ((event.target as Element).closest('.comment-field')) return
    event.preventDefault()
    if (event.shiftKey) history.redo()
    else history.undo()
  })
}
