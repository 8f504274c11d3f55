import { elementScroll, type Virtualizer } from '@tanstack/vue-virtual'
import type { CardFace } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { density } from '../shell/density.ts'
import type { Density } from '../shell/shown-density.ts'

const LINE_PX = 18
const CHARS_PER_LINE = 40
const LINES_MAX = 4
/** Hairlines and the row below the title. */
const REST_PX = 22

/** What `tokens.css` says of cards: above and below the text, between its lines, between cards. */
export const CARD_PX: Readonly<Record<Density, { padding: number; lines: number; gap: number }>> = {
  compact: { padding: 4, lines: 2, gap: 4 },
  regular: { padding: 8, lines: 6, gap: 6 },
  loose: { padding: 12, lines: 8, gap: 8 },
}

type List = Virtualizer<HTMLElement, HTMLElement>

/** Heights that were seen, so that a column that comes back stands as it stood. */
const seen = new Map<Id, { card: CardFace; px: number }>()
let listPx = 0

/** The height of a card as last measured, or a guess close enough that nothing jumps. */
export function heightOf(card: CardFace | undefined): number {
  const { padding, lines: between } = CARD_PX[density.value]
  const restPx = REST_PX + 2 * padding + between
  if (!card) return restPx
  const known = seen.get(card.id)
  if (known?.card === card) return known.px
  const lines = Math.ceil(card.title.length / CHARS_PER_LINE)
  return restPx + LINE_PX * Math.min(LINES_MAX, Math.max(1, lines))
}

export function rememberHeight(card: CardFace | undefined, px: number): void {
  if (card) seen.set(card.id, { card, px })
}

/** Another width, density or board: what was measured says nothing any more. */
export function forgetHeights(): void {
  seen.clear()
}

/** How high lists are here; the first guess of a list that comes into view. */
export function listRect(): { width: number; height: number } {
  return { width: 0, height: listPx || innerHeight }
}

/**
 * Tells a list its own height. Only the observer is asked, never the element: a column that comes
 * into view while the board scrolls must not force a layout in the middle of the frame.
 */
export function observeListRect(
  list: List,
  tell: (rect: { width: number; height: number }) => void,
): (() => void) | undefined {
  const element = list.scrollElement
  if (!element) return undefined
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return
    const { width, height } = entry.contentRect
    listPx = Math.round(height)
    tell({ width: Math.round(width), height: listPx })
  })
  observer.observe(element)
  return () => observer.disconnect()
}

/** A list that comes into view at its top is there already; saying so would force a layout. */
export function scrollList(
  offset: number,
  options: { adjustments?: number; behavior?: ScrollBehavior },
  list: List,
): void {
  const isThere = offset === 0 && !options.adjustments && list.scrollOffset === 0
  if (!isThere) elementScroll(offset, options, list)
}
