import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { diskStore } from './disk-store.ts'
import type { FileStore } from './store.ts'

/** The store of FILES_URL: `file:///var/files`, or `file:files` from where the process runs. */
export function openStore(address: string): FileStore {
  const isWhole = address.startsWith('file:///')
  return diskStore(isWhole ? fileURLToPath(address) : resolve(address.slice('file:'.length)))
}
