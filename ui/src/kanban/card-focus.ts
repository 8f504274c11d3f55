import { nextTick } from 'vue'
import type { Id } from '#core/kernel/ids.ts'
import { scrollCell, scrollToColumn } from './cell-registry.ts'
import { useBoard } from './store.ts'
import { useBoardView } from './view-store.ts'

/** A far column or card is in the page one or two frames after it was scrolled to. */
const FRAMES_MAX = 12

export function cardElement(cardId: Id): HTMLElement | null {
  return document.querySelector(`[data-card="${CSS.escape(cardId)}"]`)
}

/** Gives the keyboard to cards, wherever on the board they are. */
export function useCardFocus() {
  const board = useBoard()
  const view = useBoardView()

  /** Scrolls there if need be. A card that is not shown is left alone. */
  async function focusCard(cardId: Id): Promise<void> {
    const cell = view.cellOf(cardId)
    if (!cell) return
    view.focusedId = cardId
    await nextTick()
    scrollToColumn(board.columns.findIndex(({ id }) => id === cell.columnId))
    for (let frame = 0; frame < FRAMES_MAX; frame += 1) {
      scrollCell(cell, view.idsOf(cell).indexOf(cardId))
      const element = cardElement(cardId)
      if (element) return element.focus({ preventScroll: true })
      await new Promise(requestAnimationFrame)
    }
  }

  return { focusCard }
}
