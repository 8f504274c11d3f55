import type { Knex } from 'knex'
import { rewrap, SealError } from '#core/platform/envelope.ts'
import type { Keyring } from '#core/platform/keyring.ts'
import type { SealedColumn } from './sealed-columns.ts'

/** Rows at a time; nobody waits for more of them than that. */
const ROWS_MAX = 200
const PASSES_MAX = 20

interface Found {
  /** Where the row lies; one that is written meanwhile lies elsewhere afterwards. */
  readonly place: string
  readonly sealed: Buffer
}

interface Pass {
  readonly done: number
  /** Why values could not be re-wrapped, one line each. */
  readonly failures: readonly string[]
}

/**
 * Brings every value of a column under the current master key while others read and write it. A
 * value somebody writes meanwhile stays as they wrote it, and its row is looked at again.
 */
export async function rewrapColumn(
  database: Knex,
  keyring: Keyring,
  column: SealedColumn,
): Promise<Pass> {
  let done = 0
  for (let passes = 0; passes < PASSES_MAX; passes += 1) {
    const pass = await passOver(database, keyring, column)
    done += pass.done
    if (pass.done === 0 && pass.missed === 0) return { done, failures: pass.failures }
  }
  return { done, failures: ['values come in under an older key: a process still seals with it'] }
}

async function passOver(database: Knex, keyring: Keyring, column: SealedColumn) {
  const total = { done: 0, missed: 0, failures: [] as string[] }
  for (let after = '(0,0)'; ;) {
    const rows = await rowsAfter(database, keyring, column, after)
    const last = rows.at(-1)
    if (!last) return total
    after = last.place
    const { fresh, failures } = rewrapped(keyring, rows)
    const done = await store(database, column, fresh)
    total.done += done
    total.missed += fresh.length - done
    total.failures.push(...failures)
  }
}

async function rowsAfter(
  database: Knex,
  keyring: Keyring,
  { table, column }: SealedColumn,
  after: string,
): Promise<Found[]> {
  const current = Buffer.from(keyring.current.id, 'hex')
  return await unfiltered(database, async (trx) => {
    const { rows } = await trx.raw<{ rows: Found[] }>(
      `select ctid::text as place, ?? as sealed from ??
       where ctid > ?::tid and substring(?? from 2 for 8) <> ? order by ctid limit ?`,
      [column, table, after, column, current, ROWS_MAX],
    )
    return rows
  })
}

function rewrapped(keyring: Keyring, rows: readonly Found[]) {
  const fresh: (Found & { fresh: Buffer })[] = []
  const failures: string[] = []
  for (const row of rows) {
    try {
      fresh.push({ ...row, fresh: rewrap(keyring, row.sealed) })
    } catch (error) {
      if (!(error instanceof SealError)) throw error
      failures.push(`row at ${row.place}: ${error.code}. ${error.message}`)
    }
  }
  return { fresh, failures }
}

/** Only where nobody has written since; answers how many that were. */
async function store(
  database: Knex,
  { table, column }: SealedColumn,
  rows: readonly (Found & { fresh: Buffer })[],
): Promise<number> {
  if (rows.length === 0) return 0
  return await unfiltered(database, async (trx) => {
    const { rowCount } = await trx.raw<{ rowCount: number }>(
      `update ?? as kept set ?? = found.fresh
       from unnest(?::tid[], ?::bytea[], ?::bytea[]) as found (place, sealed, fresh)
       where kept.ctid = found.place and kept.?? = found.sealed`,
      [
        table,
        column,
        rows.map(({ place }) => place),
        rows.map(({ sealed }) => sealed),
        rows.map(({ fresh }) => fresh),
        column,
      ],
    )
    return rowCount
  })
}

/** A role from which policies hide rows gets an error, instead of leaving those rows behind. */
export async function unfiltered<Result>(
  database: Knex,
  work: (trx: Knex.Transaction) => Promise<Result>,
): Promise<Result> {
  return await database.transaction(async (trx) => {
    await trx.raw('set local row_security = off')
    return await work(trx)
  })
}
