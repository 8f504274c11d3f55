import { useEventListener } from '@vueuse/core'
import { nextTick, type Ref, watch } from 'vue'
import { blockNames } from './blocks.ts'
import { TRIGGER, type Place } from './draft.ts'
import type { Designer } from './use-designer.ts'

interface Does {
  readonly add: (place: Place) => void
  readonly edit: () => void
}

/**
 * What keys do on the canvas: arrows go from step to step as they are drawn, Enter opens the form,
 * A adds behind, Delete takes out, and the usual chords copy, paste and double.
 */
export function useCanvasKeys(
  canvas: Readonly<Ref<HTMLElement | null>>,
  designer: Designer,
  { add, edit }: Does,
): void {
  const { selected, step, drop, move, copy, paste, behind, mayDraw } = designer

  const KEYS: Readonly<Record<string, () => void>> = {
    ArrowDown: () => go(nearest('down')),
    ArrowUp: () => go(nearest('up')),
    ArrowLeft: () => go(nearest('left')),
    ArrowRight: () => go(nearest('right')),
    Enter: edit,
    a: () => add(next()),
    Delete: () => step.value && drop(step.value.id),
    Backspace: () => step.value && drop(step.value.id),
    'Alt+ArrowUp': () => step.value && move(step.value.id, -1),
    'Alt+ArrowDown': () => step.value && move(step.value.id, 1),
    'Mod+c': () => step.value && copy(step.value.id),
    'Mod+v': () => paste(next()),
    'Mod+d': () => step.value && (copy(step.value.id), paste(behind(step.value.id))),
  }
  const READS = new Set(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Enter', 'Mod+c'])

  /** Into the first empty block of the chosen step, or behind it. */
  function next(): Place {
    const path = designer.placed.value.find(({ step: one }) => one.id === selected.value)?.path
    const empty =
      step.value && blockNames(step.value).find((name) => !step.value!.blocks?.[name]?.length)
    return path && empty ? { block: `${path}/blocks/${empty}`, at: 0 } : behind(selected.value)
  }

  const cards = () => [...(canvas.value?.querySelectorAll<HTMLElement>('[data-step]') ?? [])]
  const cardOf = (id: string) => cards().find(({ dataset }) => dataset['step'] === id)

  /** The step that is drawn nearest in a direction. */
  function nearest(to: 'up' | 'down' | 'left' | 'right'): string | undefined {
    const from = cardOf(selected.value)?.getBoundingClientRect()
    if (!from) return TRIGGER
    const isAcross = to === 'left' || to === 'right'
    const sign = to === 'up' || to === 'left' ? -1 : 1
    const found = cards().flatMap((card) => {
      const at = card.getBoundingClientRect()
      const dx = at.x + at.width / 2 - (from.x + from.width / 2)
      const dy = at.y + at.height / 2 - (from.y + from.height / 2)
      const [along, beside] = isAcross ? [dx * sign, dy] : [dy * sign, dx]
      return along > 8 ? [{ id: card.dataset['step']!, far: along + Math.abs(beside) * 2 }] : []
    })
    return found.toSorted((a, b) => a.far - b.far)[0]?.id
  }

  function go(id: string | undefined): void {
    if (id !== undefined) selected.value = id
  }

  // What is chosen by a key is in sight and has the focus; typing in a form keeps it there.
  watch(selected, async (id) => {
    await nextTick()
    const card = cardOf(id)
    card?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    if (
      canvas.value?.contains(document.activeElement) ||
      document.activeElement === document.body
    ) {
      card?.focus({ preventScroll: true })
    }
  })

  useEventListener(canvas, 'keydown', (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || !event.target.dataset['step']) return
    const mod = event.ctrlKey || event.metaKey ? 'Mod+' : event.altKey ? 'Alt+' : ''
    const name = mod + (event.key.length === 1 ? event.key.toLowerCase() : event.key)
    const does = KEYS[name]
    if (!does || (!mayDraw.value && !READS.has(name))) return
    event.preventDefault()
    selected.value = event.target.dataset['step']
    does()
  })
}
