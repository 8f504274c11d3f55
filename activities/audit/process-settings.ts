import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { canonicalJson } from '#core/kernel/canonical-json.ts'
import { shownSettings, type Config } from '#core/platform/config.ts'
import { FROM_INSIDE, recordOfInstallation, THE_INSTALLATION } from './installation.ts'

type Settings = Readonly<Record<string, string>>

interface Known {
  readonly settings: Settings
  readonly digest: string
}

/**
 * Writes down with what a process starts, where that is not what it ran with last: the settings
 * that have changed, before and after, and a hash over all. Of secrets it tells that they changed.
 */
export async function recordSettings(
  trx: Knex.Transaction,
  process: string,
  config: Config,
): Promise<void> {
  const settings = shownSettings(config)
  const digest = createHash('sha256').update(canonicalJson(settings)).digest('hex')
  const known = await trx('process_settings')
    .where({ process })
    .forUpdate()
    .first<Known | undefined>('settings', 'digest')
  if (known?.digest === digest) return
  const row = { process, settings, digest, changed_at: trx.fn.now() }
  await trx('process_settings').insert(row).onConflict('process').merge()
  await recordOfInstallation(trx, {
    action: 'config.change',
    actorId: null,
    before: known ? { process, digest: known.digest, ...without(known.settings, settings) } : null,
    after: { process, digest, ...without(settings, known?.settings ?? {}) },
    ...THE_INSTALLATION,
    ...FROM_INSIDE,
  })
}

/** Those that the other has not, or not so. */
const without = (these: Settings, others: Settings) =>
  Object.fromEntries(Object.entries(these).filter(([name, value]) => others[name] !== value))
