import type { Knex } from 'knex'
import { FROM_INSIDE, recordOfInstallation, THE_INSTALLATION } from '#activities/audit/queries.ts'
import { readConfig } from '#core/platform/config.ts'
import { openDatabase } from '#core/platform/database.ts'
import { loginUrl } from '#core/platform/login.ts'
import { readKeyring, type Keyring } from '#core/platform/keyring.ts'
import { keyProblem } from './known-keys.ts'
import { rewrapColumn, unfiltered } from './rewrap-column.ts'
import { sealedColumns, type SealedColumn } from './sealed-columns.ts'

const STATEMENT_LIMIT_MS = 30_000

/**
 * Brings every sealed value under the first key of the keyring, while all goes on, and tells line by
 * line. Broken off, it goes on where it was the next time; done already, it changes nothing. Throws
 * when a value stays behind; until none does, no process starts without the older keys.
 */
export async function rotateKeys(
  database: Knex,
  keyring: Keyring,
  say: (line: string) => void,
): Promise<void> {
  const problem = await keyProblem(database, keyring)
  if (problem) throw new Error(problem)
  const columns = await sealedColumns(database)
  let failed = 0
  for (const column of columns) {
    const { done, failures } = await rewrapColumn(database, keyring, column)
    const name = `${column.table}.${column.column}`
    say(`${name}: ${done} re-wrapped`)
    for (const failure of failures) say(`${name}: ${failure}`)
    failed += failures.length
  }
  const { id } = keyring.current
  if (failed > 0 || !(await retireOthers(database, columns, id))) {
    throw new Error('Values stayed under an older key. Keep it in MASTER_KEY, and run this again.')
  }
  say(
    `Every sealed value is under key ${id}. Older keys may leave MASTER_KEY once no history needs them.`,
  )
}

/** From then on processes start without the older keys. Answers false when a value needs one. */
async function retireOthers(
  database: Knex,
  columns: readonly SealedColumn[],
  id: string,
): Promise<boolean> {
  return await unfiltered(database, async (trx) => {
    for (const { table, column } of columns) {
      const { rows } = await trx.raw<{ rows: unknown[] }>(
        'select 1 from ?? where substring(?? from 2 for 8) <> ? limit 1',
        [table, column, Buffer.from(id, 'hex')],
      )
      if (rows.length > 0) return false
    }
    const { rows } = await trx.raw<{ rows: { id: string }[] }>(
      'delete from sealing_keys where id <> ? returning id',
      [id],
    )
    await recordOfInstallation(trx, {
      action: 'keys.rotate',
      actorId: null,
      before: { retired: rows.map((row) => row.id) },
      after: { current: id },
      ...THE_INSTALLATION,
      ...FROM_INSIDE,
    })
    return true
  })
}

if (import.meta.main) {
  const config = readConfig()
  const database = openDatabase({
    url: loginUrl(config, 'DATABASE_URL'),
    name: 'projectflow-keys',
    connectionsMax: 1,
    statementLimitMs: STATEMENT_LIMIT_MS,
  })
  try {
    await rotateKeys(database, readKeyring(config.MASTER_KEY), (line) =>
      process.stdout.write(`${line}\n`),
    )
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
  } finally {
    await database.destroy()
  }
}
