import { useI18n } from 'vue-i18n'
import type { Id } from '#core/kernel/ids.ts'
import { announce } from '../shell/announce.ts'
import { useCardFocus } from './card-focus.ts'
import { useCardGestures } from './card-gestures.ts'
import { scrollCell, scrollToColumn } from './cell-registry.ts'
import { useBoard } from './store.ts'
import { type Arrow, useArrows } from './use-arrows.ts'
import { useBoardView } from './view-store.ts'

/** Moving cards with the keyboard: picked up, carried by the arrows, dropped or let go. */
export function useCarry() {
  const board = useBoard()
  const view = useBoardView()
  const gestures = useCardGestures()
  const { nextTarget } = useArrows()
  const { focusCard } = useCardFocus()
  const { t } = useI18n()

  function pickUp(cardId: Id): void {
    const cell = view.cellOf(cardId)
    const cardIds = view.subject(cardId)
    if (!cell || !cardIds.every(board.mayWork)) return
    view.carried = new Set(cardIds)
    view.target = { ...cell, index: view.idsOf(cell).indexOf(cardId) }
    announce(t('board.pickedUp', { card: board.cards.get(cardId)!.title }))
  }

  function carry(arrow: Arrow): void {
    if (!view.target) return
    view.target = nextTarget(view.target, arrow)
    const { columnId, index } = view.target
    const column = board.columns.findIndex(({ id }) => id === columnId)
    scrollToColumn(column)
    scrollCell(view.target, Math.max(0, index - 1))
    const total = view.idsOf(view.target).length
    announce(t('board.carriedTo', { column: board.columns[column]!.name, place: index + 1, total }))
  }

  function drop(): void {
    const [first] = view.carried
    if (first !== undefined && view.target) gestures.move([...view.carried], view.target)
    view.putDown()
    if (first !== undefined) void focusCard(first)
  }

  function letGo(): void {
    view.putDown()
    announce(t('board.letGo'))
  }

  return { pickUp, carry, drop, letGo }
}
