import type { Knex } from 'knex'
import { THE_HOUSE, writeAs } from './acting-as.ts'

const BATCHES_MAX = 1_000
const ROWS_PER_BATCH_MAX = 1_000

type Step = (trx: Knex.Transaction, rowsMax: number) => Promise<number>

/**
 * Works through many rows of all workspaces in steps, each a short transaction. `step` answers how
 * many of `rowsMax` it found; what is left after many steps is left for the next time.
 */
export async function inBatches(database: Knex, step: Step): Promise<number> {
  let total = 0
  for (let batch = 0; batch < BATCHES_MAX; batch += 1) {
    const rows = await writeAs(database, THE_HOUSE, (trx) => step(trx, ROWS_PER_BATCH_MAX))
    total += rows
    if (rows < ROWS_PER_BATCH_MAX) break
  }
  return total
}
