import type { CardFace } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { NOBODY } from './filters.ts'

export const GROUPINGS = ['none', 'assignee', 'priority', 'label'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** Names the lane of cards that have no value in the field they are grouped by. */
export const NO_VALUE = NOBODY

/** One lane: its value, and its cards of each column in order. */
export interface Lane {
  readonly key: string
  readonly cells: ReadonlyMap<Id, readonly Id[]>
  readonly count: number
}

/**
 * The lanes of a board in the order of `keys`, the one without a value last. A card of two
 * assignees or labels stands in the lane of its first, so that each card is in exactly one cell.
 */
export function lanesBy(
  grouping: Exclude<Grouping, 'none'>,
  cells: Iterable<readonly [Id, readonly Id[]]>,
  find: (id: Id) => CardFace | undefined,
  keys: readonly string[],
): Lane[] {
  const lanes = new Map<string, { cells: Map<Id, Id[]>; count: number }>()
  for (const [columnId, ids] of cells) {
    for (const id of ids) {
      const card = find(id)
      if (!card) continue
      const key = laneKey(card, grouping)
      const lane = lanes.get(key) ?? { cells: new Map<Id, Id[]>(), count: 0 }
      lanes.set(key, lane)
      const cell = lane.cells.get(columnId)
      if (cell) cell.push(id)
      else lane.cells.set(columnId, [id])
      lane.count += 1
    }
  }
  const order = [...keys, NO_VALUE]
  const rest = [...lanes.keys()].filter((key) => !order.includes(key))
  return [...keys, ...rest, NO_VALUE].flatMap((key) => {
    const lane = lanes.get(key)
    return lane ? [{ key, ...lane }] : []
  })
}

function laneKey(card: CardFace, grouping: Exclude<Grouping, 'none'>): string {
  switch (grouping) {
    case 'assignee':
      return card.assignees?.[0] ?? NO_VALUE
    case 'label':
      return card.labels?.[0] ?? NO_VALUE
    case 'priority':
      return card.priority === undefined ? NO_VALUE : String(card.priority)
  }
}
