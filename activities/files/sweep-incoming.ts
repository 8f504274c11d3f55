import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileStore } from './stores/store.ts'

/** No upload takes so long. */
const LEFT_BEHIND_MS = 3_600_000

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
