import { watch } from 'vue'

interface Opening {
  isOpen(): boolean
  close(): void
}

/** What opens now, with the keys typed since. */
let opening: Opening | undefined
let keys: string[] = []
/** The key that is being given to the field, and not to be kept again. */
let given: Event | undefined

/**
 * Keeps what is typed from the moment a list is asked for, until its field calls `giveKeys`: its
 * code may be on the way, and to the page below these letters would be commands.
 */
export function useHeldKeys(isOpen: () => boolean, close: () => void): void {
  watch(isOpen, (open) => open && hold({ isOpen, close }), { flush: 'sync' })
}

/** Types into the field what was kept for it; from then on it has the keyboard itself. */
export async function giveKeys(field: HTMLInputElement): Promise<void> {
  const mine = opening
  while (mine && opening === mine) {
    // What the field does with a key is done a moment after.
    await new Promise((resolve) => setTimeout(resolve))
    const key = keys.shift()
    if (key === undefined || !field.isConnected) return release(mine)
    give(field, key)
  }
}

function hold(opened: Opening): void {
  opening = opened
  keys = []
  window.addEventListener('keydown', keep, { capture: true })
  window.addEventListener('pointerdown', leave, { capture: true })
}

function release(opened: Opening | undefined): void {
  if (opening !== opened) return
  opening = undefined
  keys = []
  window.removeEventListener('keydown', keep, { capture: true })
  window.removeEventListener('pointerdown', leave, { capture: true })
}

function keep(event: KeyboardEvent): void {
  if (!opening?.isOpen()) return release(opening)
  if (event === given || event.isComposing || !isHeld(event)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  if (event.key === 'Escape') close()
  else if (!event.repeat) keys.push(event.key)
}

/** Who clicks elsewhere waits no longer; the toasts may be about the very list that is to come. */
function leave({ target }: PointerEvent): void {
  if (target instanceof Element && !target.closest('[data-sonner-toaster]')) close()
}

function close(): void {
  const closed = opening
  release(closed)
  closed?.close()
}

/** Chords are the browser's and the page's; AltGr only writes. */
function isHeld(event: KeyboardEvent): boolean {
  if (['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'Dead', 'Process'].includes(event.key)) {
    return false
  }
  return event.getModifierState('AltGraph') || !(event.ctrlKey || event.metaKey)
}

function give(field: HTMLInputElement, key: string): void {
  if (key.length === 1) write(field, field.value + key)
  else if (key === 'Backspace') write(field, field.value.slice(0, -1))
  else {
    given = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    field.dispatchEvent(given)
  }
}

function write(field: HTMLInputElement, text: string): void {
  field.value = text
  field.dispatchEvent(new InputEvent('input', { bubbles: true }))
}
