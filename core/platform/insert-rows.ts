import type { Knex } from 'knex'
import { ask } from './ask.ts'

/**
 * Inserts many rows with one parameter, whatever their number: the plan is the same each time and
 * nothing is written per value. All rows have the columns of the first; the others get their
 * defaults. Bytes are given as `\x…` text.
 */
export async function insertRows(
  trx: Knex.Transaction,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first).join(', ')
  await ask(
    trx,
    `insert into ${table} (${columns})
     select ${columns} from json_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows)],
  )
}
