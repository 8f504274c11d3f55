import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A folder of a test's own, also as the address of a store of files. */
export async function ownFolder() {
  const path = await mkdtemp(join(tmpdir(), 'projectflow-'))
  return {
    path,
    url: pathToFileURL(path).href,
    remove: async () => await rm(path, { recursive: true }),
  }
}
