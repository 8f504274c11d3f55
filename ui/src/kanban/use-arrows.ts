import type { Id } from '#core/kernel/ids.ts'
import { useBoard } from './store.ts'
import { type Cell, type Target, useBoardView } from './view-store.ts'

export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

export function isArrow(key: string): key is Arrow {
  return key.startsWith('Arrow')
}

/** Where an arrow leads: to the next card, or the next place for a card that is carried. */
export function useArrows() {
  const board = useBoard()
  const view = useBoardView()

  function cellBeside({ columnId, lane }: Cell, step: -1 | 1): Cell | undefined {
    const index = board.columns.findIndex(({ id }) => id === columnId) + step
    const column = board.columns[index]
    return column && { columnId: column.id, lane }
  }

  /** The cell of the same column in the next lane that is not folded away. */
  function cellBelow({ columnId, lane }: Cell, step: -1 | 1): Cell | undefined {
    const open = (view.lanes ?? []).filter(({ key }) => !view.folded.has(key))
    const next = open[open.findIndex(({ key }) => key === lane) + step]
    return lane === undefined || !next ? undefined : { columnId, lane: next.key }
  }

  function cardAt(cell: Cell, index: number): Id | undefined {
    const ids = view.idsOf(cell)
    return ids[Math.min(Math.max(0, index), ids.length - 1)]
  }

  /** Sideways the next column that has a card, at the same height in cards. */
  function nextCard(from: Id, arrow: Arrow): Id | undefined {
    const cell = view.cellOf(from)
    if (!cell) return undefined
    const index = view.idsOf(cell).indexOf(from)
    if (arrow === 'ArrowUp' || arrow === 'ArrowDown') {
      const step = arrow === 'ArrowUp' ? -1 : 1
      const inCell = view.idsOf(cell)[index + step]
      if (inCell !== undefined) return inCell
      const next = cellBelow(cell, step)
      return next && cardAt(next, step > 0 ? 0 : Infinity)
    }
    const step = arrow === 'ArrowLeft' ? -1 : 1
    for (let next = cellBeside(cell, step); next; next = cellBeside(next, step)) {
      const found = cardAt(next, index)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** The places above and below the carried card itself are one and the same. */
  function nextTarget(from: Target, arrow: Arrow): Target {
    const ids = view.idsOf(from)
    if (arrow === 'ArrowUp' || arrow === 'ArrowDown') {
      const step = arrow === 'ArrowUp' ? -1 : 1
      let index = from.index + step
      while (view.carried.has(ids[step > 0 ? index - 1 : index]!)) index += step
      if (index >= 0 && index <= ids.length) return { ...from, index }
      const next = cellBelow(from, step)
      return next ? { ...next, index: step > 0 ? 0 : view.idsOf(next).length } : from
    }
    const next = cellBeside(from, arrow === 'ArrowLeft' ? -1 : 1)
    return next ? { ...next, index: Math.min(from.index, view.idsOf(next).length) } : from
  }

  return { nextCard, nextTarget }
}
