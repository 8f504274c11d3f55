import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import type { Keyring } from '#core/platform/keyring.ts'
import type { Log } from '#core/platform/log.ts'
import { exportCheckpoint } from './export-checkpoint.ts'
import { heldBackS } from './held-back.ts'
import { heldBackSeconds, sealedLines } from './metrics.ts'
import { LINES_PER_SEAL_MAX, sealLines, type Which } from './seal-lines.ts'
import type { AuditSink } from './sinks/sink.ts'

const SEAL_EVERY_MS = 1_000
const EXPORT_EVERY_MS = 30_000
/** A transaction that is open for so long keeps what came after it from being sealed. */
const HELD_BACK_ALARM_S = 10

interface Tools {
  readonly database: Knex
  readonly sink: AuditSink
  readonly keyring: Keyring
  readonly log: Log
}

/** Seals what is written and gives out checkpoints until `signal` aborts. */
export async function keepAudit(tools: Tools, signal: AbortSignal): Promise<void> {
  const round = rounds(tools)
  while (!signal.aborted) {
    const isMore = await round().catch((error: unknown) => {
      tools.log.warn({ error }, 'could not seal the audit')
      return false
    })
    if (!isMore) await sleep(SEAL_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

/** One round after the other; each answers whether there may be more to seal. */
function rounds({ database, sink, keyring, log }: Tools): () => Promise<boolean> {
  let which: Which = 'all'
  let [exported, exportedMs] = [0, 0]
  return async () => {
    const lines = await sealLines(database, keyring, which)
    sealedLines.inc(lines)
    if (lines === LINES_PER_SEAL_MAX) return true
    which = 'new'
    const waitedS = await heldBackS(database)
    heldBackSeconds.set(waitedS)
    if (waitedS > HELD_BACK_ALARM_S) {
      log.error({ waitedS }, 'an open transaction keeps the audit from being sealed')
    }
    if (Date.now() - exportedMs > EXPORT_EVERY_MS) {
      exported = await exportCheckpoint(database, sink, exported)
      exportedMs = Date.now()
    }
    return false
  }
}
