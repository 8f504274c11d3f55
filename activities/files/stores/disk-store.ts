import { mkdirSync } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileStore } from './store.ts'

/** Keeps files below a folder, 256 folders wide: the last digits of an id are random. */
export function diskStore(folder: string): FileStore {
  const incoming = join(folder, 'incoming')
  mkdirSync(incoming, { recursive: true, mode: 0o700 })
  const placeOf = (id: string) => join(folder, 'kept', id.slice(-2), id)
  return {
    incoming,
    origin: null,
    async put(id, path) {
      await mkdir(dirname(placeOf(id)), { recursive: true, mode: 0o700 })
      await flush(path)
      await rename(path, placeOf(id))
      await flush(dirname(placeOf(id)))
    },
    async read(id) {
      const file = await open(placeOf(id))
      return file.createReadStream()
    },
    async remove(id) {
      await rm(placeOf(id), { force: true })
    },
    close() {},
  }
}

/** Waits until a file or a folder's list of files would outlast a power cut. */
async function flush(path: string): Promise<void> {
  const file = await open(path)
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
