import { defineStore } from 'pinia'
import { computed, ref, shallowRef, toRaw } from 'vue'
import type { Id } from '#core/kernel/ids.ts'
import { announce } from '../shell/announce.ts'
import { t } from '../shell/i18n/i18n.ts'
import { forgetHeights } from './card-heights.ts'
import { forgetOffsets } from './cell-registry.ts'
import { localDay } from './days.ts'
import { type Filters, isFiltering, matcher, NO_FILTERS } from './filters.ts'
import { rangeBetween, toggled } from './selection.ts'
import { useBoard } from './store.ts'
import { type Grouping, type Lane, lanesBy } from './swimlanes.ts'

/** A column, or a column's part in a lane. */
export interface Cell {
  readonly columnId: Id
  readonly lane?: string | undefined
}

/** The cell that cards are added to, and what is in its field from the start. */
export interface Adding extends Cell {
  readonly text?: string
  /** An earlier page has left it: the keyboard stays where it is. */
  readonly isBack?: boolean
}

/** Where what is carried would land: above the card now at `index` of the cell. */
export interface Target extends Cell {
  readonly index: number
}

export type PickerKind = 'move' | 'labels' | 'assignees' | 'priority' | 'due' | 'flow'
export interface Picker {
  readonly kind: PickerKind
  readonly cardIds: readonly Id[]
}

const PRIORITIES = ['1', '2', '3', '4']

/** What a person does with the board that is nobody else's business: focus, selection, filters. */
export const useBoardView = defineStore('board-view', () => {
  const board = useBoard()
  const filters = ref<Filters>(NO_FILTERS)
  const grouping = ref<Grouping>('none')
  const focusedId = ref<Id>()
  const selected = shallowRef<ReadonlySet<Id>>(new Set())
  const editingId = ref<Id>()
  const adding = shallowRef<Adding>()
  const picker = shallowRef<Picker>()
  /** The cards carried by pointer or keyboard, and where they would land. */
  const carried = shallowRef<ReadonlySet<Id>>(new Set())
  const target = shallowRef<Target>()
  const folded = shallowRef<ReadonlySet<string>>(new Set())
  let anchorId: Id | undefined

  const filtering = computed(() => isFiltering(filters.value))
  const matches = computed(() => {
    if (!filtering.value) return undefined
    const key = board.info?.project.key ?? ''
    return matcher(filters.value, { today: localDay(new Date()), key })
  })
  const lanes = computed<readonly Lane[] | undefined>(() => {
    if (grouping.value === 'none') return undefined
    const cells = board.columns.map(({ id }) => [id, filtered(id)] as const)
    return lanesBy(grouping.value, cells, (id) => board.cards.get(id), laneOrder(grouping.value))
  })

  function laneOrder(by: Exclude<Grouping, 'none'>): string[] {
    if (by === 'priority') return PRIORITIES
    const named = [...(by === 'assignee' ? board.members : board.labels).values()]
    return named.sort((a, b) => a.name.localeCompare(b.name)).map(({ id }) => id)
  }

  function filtered(columnId: Id): readonly Id[] {
    const ids = board.cells.get(columnId) ?? []
    const test = matches.value
    return test ? ids.filter((id) => test(board.cards.get(id)!)) : ids
  }

  /** The cards a cell shows, in order. */
  function idsOf({ columnId, lane }: Cell): readonly Id[] {
    if (lane === undefined) return filtered(columnId)
    return lanes.value?.find(({ key }) => key === lane)?.cells.get(columnId) ?? []
  }

  /** The cell a card is shown in; undefined when it is filtered away or gone. */
  function cellOf(cardId: Id): Cell | undefined {
    const card = toRaw(board.cards).get(cardId)
    if (!card) return undefined
    const { columnId } = card
    if (!lanes.value) return filtered(columnId).includes(cardId) ? { columnId } : undefined
    const lane = lanes.value.find(({ cells }) => cells.get(columnId)?.includes(cardId))
    return lane && { columnId, lane: lane.key }
  }

  /** The one card that Tab reaches; the arrows go on from there. */
  const tabStop = computed(() => {
    const id = focusedId.value
    if (id !== undefined && board.cards.has(id) && cellOf(id)) return id
    return allCells().flatMap((cell) => idsOf(cell).slice(0, 1))[0]
  })

  /** All cells, lane by lane, from left to right. */
  function allCells(): Cell[] {
    const rows = lanes.value?.map(({ key }) => key) ?? [undefined]
    return rows.flatMap((lane) => board.columns.map(({ id }) => ({ columnId: id, lane })))
  }

  /** What an action on this card is about: the selection when the card is in it. */
  function subject(cardId: Id): Id[] {
    return selected.value.has(cardId) ? inReadingOrder(selected.value) : [cardId]
  }

  function inReadingOrder(ids: ReadonlySet<Id>): Id[] {
    return board.columns.flatMap(({ id }) => (board.cells.get(id) ?? []).filter((c) => ids.has(c)))
  }

  function select(cardId: Id, how: 'toggle' | 'range'): void {
    const cell = cellOf(cardId)
    if (how === 'range' && cell) {
      const range = rangeBetween(idsOf(cell), anchorId ?? focusedId.value, cardId)
      selected.value = new Set([...selected.value, ...range])
    } else {
      anchorId = cardId
      selected.value = toggled(selected.value, cardId)
    }
    announce(t('said.selected', selected.value.size))
  }

  function clearSelection(): void {
    anchorId = undefined
    if (selected.value.size > 0) selected.value = new Set()
  }

  /** Folds a lane away, or unfolds it. */
  function fold(lane: string): void {
    folded.value = toggled(folded.value, lane)
  }

  const isEmpty = computed(() => board.cards.size === 0 && adding.value === undefined)
  const hidesAll = computed(() => filtering.value && tabStop.value === undefined)

  /** Another board starts without what was going on on this one. */
  function leave(): void {
    focusedId.value = editingId.value = undefined
    adding.value = picker.value = undefined
    folded.value = new Set()
    forgetHeights()
    forgetOffsets()
    clearSelection()
    putDown()
  }

  function putDown(): void {
    carried.value = new Set()
    target.value = undefined
  }

  return {
    filters,
    grouping,
    filtering,
    lanes,
    focusedId,
    tabStop,
    selected,
    editingId,
    adding,
    picker,
    carried,
    target,
    idsOf,
    cellOf,
    subject,
    select,
    clearSelection,
    folded,
    fold,
    putDown,
    isEmpty,
    hidesAll,
    leave,
  }
})
