/** A socket of one person's. Ids are of version 7, so the later of two is the greater. */
export interface Seat {
  readonly browserId: string
  readonly socketId: string
}

export interface SeatLimits {
  readonly browsersMax: number
  readonly tabsMax: number
}

/**
 * Of one person's sockets those beyond the limits: all of the browsers that came longest ago, and of
 * each other browser the tabs that did.
 */
export function whoGoes(seats: readonly Seat[], { browsersMax, tabsMax }: SeatLimits): Seat[] {
  const newestFirst = seats.toSorted((a, b) => (a.socketId < b.socketId ? 1 : -1))
  const tabsOf = Map.groupBy(newestFirst, ({ browserId }) => browserId)
  return [...tabsOf.values()].flatMap((tabs, rank) => tabs.slice(rank < browsersMax ? tabsMax : 0))
}
