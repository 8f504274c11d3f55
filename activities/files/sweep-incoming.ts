import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#core/platform/log.ts'
import type { FileStore } from './stores/store.ts'

/** No upload takes so long. */
const LEFT_BEHIND_MS = 3_600_000
const SWEEP_EVERY_MS = 3_600_000

/** Removes what processes that died left half received on this machine; answers how many files. */
export async function sweepIncoming({ incoming }: FileStore): Promise<number> {
  const before = Date.now() - LEFT_BEHIND_MS
  let removed = 0
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
    const found = await stat(path).catch(() => null)
    if (!found || found.mtimeMs > before) continue
    await rm(path, { force: true })
    removed += 1
  }
  return removed
}

/** Sweeps now and each hour, where files come in: nobody else reaches this machine's, until `signal` aborts. */
export async function keepSweeping(store: FileStore, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await sweepIncoming(store).catch((error: unknown) => {
      log.warn({ error }, 'could not sweep up what uploads have left')
    })
    await sleep(SWEEP_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}
