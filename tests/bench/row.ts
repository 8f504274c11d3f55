import type { Summary } from './summary.ts'

/** One line of a benchmark's table: what we measured, beside the floor of the same run. */
export type Row = {
  /** Says the unit too. */
  what: string
  ours: number
  /** Nothing where the reach is an absolute one. */
  floor: number | null
  ratio: number | null
  reach: string
  met: boolean
  /** The times behind the two figures. */
  times?: { ours: Summary; floor?: Summary }
}

export type Reach = { text: string; holds: (ours: number, floor: number) => boolean }

export const atMostTimes = (times: number): Reach => ({
  text: `<= ${times} x`,
  holds: (ours, floor) => ours <= times * floor,
})

export const atLeastTimes = (times: number): Reach => ({
  text: `>= ${times} x`,
  holds: (ours, floor) => ours >= times * floor,
})

export const atMostMore = (more: number): Reach => ({
  text: `<= + ${more}`,
  holds: (ours, floor) => ours <= floor + more,
})

export const atMost = (limit: number): Reach => ({
  text: `<= ${limit}`,
  holds: (ours) => ours <= limit,
})

export const atLeast = (limit: number): Reach => ({
  text: `>= ${limit}`,
  holds: (ours) => ours >= limit,
})

/** Judges a figure by its reach. */
export function row(
  what: string,
  { ours, floor, times }: Pick<Row, 'ours' | 'floor' | 'times'>,
  { text, holds }: Reach,
): Row {
  const ratio = floor ? ours / floor : null
  return {
    what,
    ours,
    floor,
    ratio,
    reach: text,
    met: holds(ours, floor ?? 0),
    ...(times && { times }),
  }
}
