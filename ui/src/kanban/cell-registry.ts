import type { Cell } from './view-store.ts'

type ScrollTo = (index: number) => void

/** The cells that are in the page, and how each brings one of its cards into view. */
const cells = new Map<string, ScrollTo>()

/** How far down each cell was scrolled when it left the page, in pixels. */
const offsets = new Map<string, number>()

const keyOf = ({ columnId, lane }: Cell) => `${columnId} ${lane ?? ''}`

/** Answers how to take the cell out again. */
export function registerCell(cell: Cell, scrollTo: ScrollTo): () => void {
  const key = keyOf(cell)
  cells.set(key, scrollTo)
  return () => {
    if (cells.get(key) === scrollTo) cells.delete(key)
  }
}

export function rememberOffset(cell: Cell, offsetPx: number): void {
  offsets.set(keyOf(cell), offsetPx)
}

export function offsetOf(cell: Cell): number {
  return offsets.get(keyOf(cell)) ?? 0
}

export function forgetOffsets(): void {
  offsets.clear()
}

export function scrollCell(cell: Cell, index: number): void {
  cells.get(keyOf(cell))?.(index)
}

let scrollBoard: ScrollTo | undefined

/** How the board brings a column into view; answers how to end that. */
export function onScrollToColumn(scrollTo: ScrollTo): () => void {
  scrollBoard = scrollTo
  return () => {
    if (scrollBoard === scrollTo) scrollBoard = undefined
  }
}

export function scrollToColumn(index: number): void {
  scrollBoard?.(index)
}
