const BATCHES_MAX = 1_000
const ROWS_PER_BATCH_MAX = 1_000

/**
 * Works through many rows in steps that each hold locks only briefly. `step` answers how many of
 * `rowsMax` it found; what is left after many steps is left for the next time.
 */
export async function inBatches(step: (rowsMax: number) => Promise<number>): Promise<number> {
  let total = 0
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const rows = await step(ROWS_PER_BATCH_MAX)
    total += rows
    if (rows < ROWS_PER_BATCH_MAX) break
  }
  return total
}
