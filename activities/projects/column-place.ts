import { rankBetween } from '#core/kernel/rank.ts'
import type { Column } from './column.ts'

/** Where a column is wanted: beside a neighbour, at a rank it had before, or at the end. */
export interface WantedPlace {
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly rank?: string | undefined
}

type Ranked = Pick<Column, 'id' | 'rank'>

/**
 * A free rank among the other live columns, given in order. A neighbour that is gone means the
 * end: place is last-writer-wins.
 */
export function rankAmong(others: readonly Ranked[], wanted: WantedPlace): string {
  const taken = others.findIndex(({ rank }) => rank === wanted.rank)
  if (wanted.rank !== undefined && taken < 0) return wanted.rank
  const place = wanted.rank === undefined ? besideNeighbour(others, wanted) : taken + 1
  return rankBetween(others[place - 1]?.rank ?? null, others[place]?.rank ?? null)
}

/** How many of the others come before the place. */
function besideNeighbour(others: readonly Ranked[], { before, after }: WantedPlace): number {
  const neighbour = others.findIndex(({ id }) => id === (before ?? after))
  if (neighbour < 0) return others.length
  return before === undefined ? neighbour + 1 : neighbour
}
