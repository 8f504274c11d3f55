import { rankBetween } from '#core/kernel/rank.ts'
import type { Id } from '#core/kernel/ids.ts'

/** A place as the server wants it: next to a neighbour, or with neither at the end. */
export interface Place {
  readonly before?: Id | undefined
  readonly after?: Id | undefined
}

/** The place at `index` of a list that does not hold what is placed there. */
export function placeAt(ids: readonly Id[], index: number): Place {
  const [above, below] = [ids[index - 1], ids[index]]
  if (above !== undefined) return { after: above }
  return below === undefined ? {} : { before: below }
}

/**
 * The rank to show at a place until the server says the true one. Ranks that are equal or out of
 * order (a column just being respaced) fall back to the upper neighbour's.
 */
export function rankAt(ids: readonly Id[], place: Place, rankOf: (id: Id) => string): string {
  const anchor = ids.indexOf(place.before ?? place.after ?? '')
  const index = anchor < 0 ? ids.length : place.before === undefined ? anchor + 1 : anchor
  const [above, below] = [ids[index - 1], ids[index]]
  const low = above === undefined ? null : rankOf(above)
  const high = below === undefined ? null : rankOf(below)
  return low !== null && high !== null && low >= high ? low : rankBetween(low, high)
}
