import type { Knex } from 'knex'
import type { Keyring } from '#core/platform/keyring.ts'
import type { Log } from '#core/platform/log.ts'
import { missingKeys } from './queries.ts'

/** Processes that start together ask one after the other. */
const LOCK = 'projectflow sealing keys'

/**
 * What is wrong with the master keys of this process, in a sentence; null when it has all that
 * stored values may be sealed with. Its current key is one of them from then on.
 */
export async function keyProblem(database: Knex, keyring: Keyring): Promise<string | null> {
  return await database.transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(hashtext(?))', [LOCK])
    const problem = await missingKeys(trx, keyring)
    if (problem) return problem
    const { id } = keyring.current
    await trx.raw('insert into sealing_keys (id) values (?) on conflict do nothing', [id])
    return null
  })
}

/** Ends the process, which then has said which key it lacks. */
export async function refuseForeignKey(
  database: Knex,
  keyring: Keyring,
  log: Pick<Log, 'fatal'>,
): Promise<void> {
  const problem = await keyProblem(database, keyring)
  if (!problem) return
  log.fatal(problem)
  process.exit(1)
}
