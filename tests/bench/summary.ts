/** What a list of measured times says, in milliseconds. */
export type Summary = { n: number; p50: number; p95: number; p99: number }

/** Throws when there are no times: a benchmark that measured nothing has no figure. */
export function summarise(timesMs: readonly number[]): Summary {
  if (timesMs.length === 0) throw new Error('Nothing was measured.')
  const sorted = timesMs.toSorted((a, b) => a - b)
  const share = (part: number) => sorted[Math.ceil(part * sorted.length) - 1]!
  return { n: sorted.length, p50: share(0.5), p95: share(0.95), p99: share(0.99) }
}

/** The middle one of some numbers. */
export const median = (numbers: readonly number[]): number => summarise(numbers).p50
