import { useEventListener } from '@vueuse/core'
import type { Id } from '#core/kernel/ids.ts'
import { announce } from '../shell/announce.ts'
import { useHeldKeys } from '../shell/held-keys.ts'
import { t } from '../shell/i18n/i18n.ts'
import { useCardFocus } from './card-focus.ts'
import { useCardGestures } from './card-gestures.ts'
import { useBoard } from './store.ts'
import { isArrow, useArrows } from './use-arrows.ts'
import { useCardPanel } from './use-card-panel.ts'
import { useCarry } from './use-carry.ts'
import { type PickerKind, useBoardView } from './view-store.ts'

const PICKERS: Readonly<Record<string, PickerKind>> = {
  m: 'move',
  l: 'labels',
  a: 'assignees',
  p: 'priority',
  d: 'due',
  f: 'flow',
}

/**
 * The board's keys. They rest while a field, a menu or a dialog has the keyboard. `endPicking` closes
 * a card's menu and gives the keyboard back: the menu may have it already when its keys are still held.
 */
export function useBoardKeys(endPicking: () => void): void {
  const board = useBoard()
  const view = useBoardView()
  const gestures = useCardGestures()
  const panel = useCardPanel()
  const carry = useCarry()
  const { nextCard } = useArrows()
  const { focusCard } = useCardFocus()

  useHeldKeys(() => view.picker !== undefined, endPicking)
  useEventListener(window, 'keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || isBusy(event.target)) return
    if (handle(event)) event.preventDefault()
  })

  /** Answers whether the key meant something here. */
  function handle(event: KeyboardEvent): boolean {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if ((event.ctrlKey || event.metaKey) && key === 'z') return takeBack(event.shiftKey)
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    if (view.carried.size > 0) return carried(key)
    const cardId = focusedCard(event.target)
    if (cardId !== undefined && onCard(key, cardId, event.shiftKey)) return true
    return onBoard(key)
  }

  function takeBack(again: boolean): boolean {
    if (again) board.redo()
    else board.undo()
    return true
  }

  function carried(key: string): boolean {
    if (isArrow(key)) carry.carry(key)
    else if (key === 'Enter' || key === ' ') carry.drop()
    else if (key === 'Escape') carry.letGo()
    return true
  }

  function onBoard(key: string): boolean {
    if (isArrow(key) && view.tabStop !== undefined) void focusCard(view.focusedId ?? view.tabStop)
    else if (key === 'n') quickAdd(undefined)
    else if (key === 'Escape' && view.selected.size > 0) clearSelection()
    else return false
    return true
  }

  function onCard(key: string, cardId: Id, shift: boolean): boolean {
    if (isArrow(key)) {
      const next = nextCard(cardId, key)
      if (next === undefined) return true
      if (shift) view.select(next, 'range')
      void focusCard(next)
      return true
    }
    if (key === 'Enter' || key === 'o') {
      panel.open(cardId)
      return true
    }
    if (key === 'n') quickAdd(cardId)
    else if (key === 'x' && board.mayMake) view.select(cardId, 'toggle')
    else return view.subject(cardId).every(board.mayWork) && onOwnCard(key, cardId)
    return true
  }

  function onOwnCard(key: string, cardId: Id): boolean {
    const kind = PICKERS[key]
    if (kind) view.picker = { kind, cardIds: view.subject(cardId) }
    else if (key === ' ') carry.pickUp(cardId)
    else if (key === 'e') view.editingId = cardId
    else if (key === 'Delete' || key === 'Backspace') archive(cardId)
    else return false
    return true
  }

  function quickAdd(cardId: Id | undefined): void {
    const id = cardId ?? view.tabStop
    const cell = id === undefined ? undefined : view.cellOf(id)
    const [column] = board.columns
    if (board.mayMake && column) view.adding = cell ?? { columnId: column.id }
  }

  function clearSelection(): void {
    view.clearSelection()
    announce(t('said.selected', 0))
  }

  /** The keyboard goes on with the next card that stays. */
  function archive(cardId: Id): void {
    const ids = view.subject(cardId)
    if (!ids.every(board.mayPutAway)) return
    const cell = view.cellOf(cardId)
    const shown = cell ? view.idsOf(cell) : []
    const from = shown.indexOf(cardId)
    const stays = (id: Id) => !ids.includes(id)
    const next = shown.slice(from).find(stays) ?? shown.slice(0, from).findLast(stays)
    gestures.archive(ids)
    if (next !== undefined) void focusCard(next)
  }
}

function focusedCard(target: EventTarget | null): Id | undefined {
  return target instanceof HTMLElement ? target.dataset['card'] : undefined
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('[role=dialog], [role=menu], [role=listbox]')) return true
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input, textarea, select')
}
