import type { CardFace } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'

/** A card's place among its column's cards; ids settle what equal ranks leave open. */
export type Placed = Pick<CardFace, 'id' | 'columnId' | 'rank'>

export function byRank(a: Placed, b: Placed): number {
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}

/** All columns' cards in reading order. */
export function orderedCells(cards: Iterable<Placed>): Map<Id, readonly Id[]> {
  const columns = Map.groupBy(cards, (card) => card.columnId)
  const cells = new Map<Id, readonly Id[]>()
  for (const [columnId, members] of columns) {
    cells.set(
      columnId,
      members.sort(byRank).map((card) => card.id),
    )
  }
  return cells
}

/** The list with the card at its place. `find` must answer for every id of the list. */
export function inserted(ids: readonly Id[], card: Placed, find: (id: Id) => Placed): Id[] {
  let [low, high] = [0, ids.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (byRank(find(ids[middle]!), card) < 0) low = middle + 1
    else high = middle
  }
  return ids.toSpliced(low, 0, card.id)
}
