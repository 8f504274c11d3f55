import type { Knex } from 'knex'
import type { Keyring } from '#core/platform/keyring.ts'
import type { Log } from '#core/platform/log.ts'

/** Which keys that stored values may be sealed with are missing, in a sentence; null when none is. */
export async function missingKeys(database: Knex, keyring: Keyring): Promise<string | null> {
  const { rows } = await database.raw<{ rows: { id: string }[] }>('select id from sealing_keys')
  const missing = rows.filter(({ id }) => !keyring.byId.has(id)).map(({ id }) => id)
  if (missing.length === 0) return null
  const given = [...keyring.byId.keys()].join(', ')
  return (
    `Stored values are sealed with key ${missing.join(', ')}, and MASTER_KEY is ${given}. ` +
    'Put that key back, after the current one: docs/runbooks/keys.md.'
  )
}

/** Ends a process that seals nothing itself, but was given the secrets of another installation. */
export async function refuseMissingKeys(
  database: Knex,
  keyring: Keyring,
  log: Pick<Log, 'fatal'>,
): Promise<void> {
  const problem = await missingKeys(database, keyring)
  if (!problem) return
  log.fatal(problem)
  process.exit(1)
}
