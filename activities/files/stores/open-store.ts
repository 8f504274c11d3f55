import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '#core/platform/config.ts'
import { diskStore } from './disk-store.ts'
import { s3Store } from './s3-store.ts'
import type { FileStore } from './store.ts'

type Place = Pick<Config, 'FILES_URL'> &
  Partial<Pick<Config, 'S3_ACCESS_KEY_ID' | 'S3_SECRET_ACCESS_KEY'>>

/**
 * The store of FILES_URL: `file:///var/files`, or `file:files` from where the process runs, or
 * `s3://BUCKET/PREFIX?region=…&endpoint=…`, for which there are keys.
 */
export function openStore({
  FILES_URL: address,
  S3_ACCESS_KEY_ID: accessKeyId,
  S3_SECRET_ACCESS_KEY: secretAccessKey,
}: Place): FileStore {
  if (address.startsWith('s3:')) {
    return s3Store(new URL(address), {
      accessKeyId: accessKeyId!,
      secretAccessKey: secretAccessKey!,
    })
  }
  const isWhole = address.startsWith('file:///')
  return diskStore(isWhole ? fileURLToPath(address) : resolve(address.slice('file:'.length)))
}
