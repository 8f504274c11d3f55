import { useEventListener } from '@vueuse/core'
import type { ShallowRef } from 'vue'
import type { Id } from '#core/kernel/ids.ts'
import { useBoard } from './store.ts'
import { useCardPanel } from './use-card-panel.ts'
import { useBoardView } from './view-store.ts'

const LONG_PRESS_MS = 300
/** A finger that moves further than this scrolls. */
const STILL_PX = 8

/**
 * Clicks and touches on cards, heard in one place for all of them: a click opens, with Shift or
 * Ctrl it selects; a long press opens «Move to …».
 */
export function useCardPointer(board: Readonly<ShallowRef<HTMLElement | null>>): void {
  const store = useBoard()
  const view = useBoardView()
  const panel = useCardPanel()
  let press: { timer: ReturnType<typeof setTimeout>; x: number; y: number } | undefined
  let wasLong = false

  useEventListener(board, 'click', (event) => {
    const cardId = cardUnder(event.target)
    if (cardId === undefined || wasLong) return
    if (event.shiftKey) view.select(cardId, 'range')
    else if (event.ctrlKey || event.metaKey) view.select(cardId, 'toggle')
    else {
      view.clearSelection()
      panel.open(cardId)
    }
  })
  useEventListener(board, 'pointerdown', (event) => {
    wasLong = false
    const cardId = cardUnder(event.target)
    if (event.pointerType === 'mouse' || cardId === undefined) return
    if (!view.subject(cardId).every(store.mayWork)) return
    const timer = setTimeout(() => {
      wasLong = true
      view.picker = { kind: 'move', cardIds: view.subject(cardId) }
    }, LONG_PRESS_MS)
    press = { timer, x: event.clientX, y: event.clientY }
  })
  useEventListener(board, 'pointermove', (event) => {
    if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) > STILL_PX) end()
  })
  useEventListener(board, ['pointerup', 'pointercancel'], end)
  // After a long press there is no click, and the menu that opened keeps the focus.
  useEventListener(board, 'touchend', (event) => wasLong && event.preventDefault(), {
    passive: false,
  })
  // The browser's own menu of a long press would cover ours.
  useEventListener(board, 'contextmenu', (event) => {
    if (wasLong || press) event.preventDefault()
  })

  function end(): void {
    clearTimeout(press?.timer)
    press = undefined
  }
}

/** The card an event is about, unless it went to something on the card that acts by itself. */
function cardUnder(target: EventTarget | null): Id | undefined {
  if (!(target instanceof Element) || target.closest('button, textarea, input, a')) return undefined
  return target.closest<HTMLElement>('[data-card]')?.dataset['card']
}
