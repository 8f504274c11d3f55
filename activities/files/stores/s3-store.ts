import { readFile } from 'node:fs/promises'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { s3Place, type S3Keys } from '#core/platform/s3-place.ts'
import { sharedFolder } from './shared-folder.ts'
import type { FileStore } from './store.ts'

const ANSWER_LIMIT_MS = 10_000
/** Long enough to follow it at once, and for the clocks of two machines to differ. */
const ADDRESS_LIFE_S = 60

/**
 * Keeps files in a bucket of any store that speaks S3: `s3://BUCKET/PREFIX?region=…&endpoint=…`. It
 * gives them out itself, at addresses that we sign, so browsers reach it at the same endpoint as we.
 */
export function s3Store(address: URL, credentials: S3Keys): FileStore {
  const { bucket, prefix, region, ...place } = s3Place(address)
  const endpoint = place.endpoint ?? `https://s3.${region}.amazonaws.com`
  const client = new S3Client({
    region,
    endpoint,
    forcePathStyle: true,
    credentials,
    requestHandler: { requestTimeout: ANSWER_LIMIT_MS, connectionTimeout: ANSWER_LIMIT_MS },
  })
  const placeOf = (id: string) => ({ Bucket: bucket, Key: prefix + id })
  return {
    incoming: sharedFolder('projectflow-files'),
    origin: new URL(endpoint).origin,
    async put(id, path, { mediaType }) {
      // At most FILE_BYTES_MAX of them, and whole the client can say their checksum.
      const Body = await readFile(path)
      await client.send(new PutObjectCommand({ ...placeOf(id), Body, ContentType: mediaType }))
    },
    async read(id, { mediaType, disposition }) {
      const get = new GetObjectCommand({
        ...placeOf(id),
        ResponseContentType: mediaType,
        ResponseContentDisposition: disposition,
      })
      return new URL(await getSignedUrl(client, get, { expiresIn: ADDRESS_LIFE_S }))
    },
    async remove(id) {
      await client.send(new DeleteObjectCommand(placeOf(id)))
    },
    close() {
      client.destroy()
    },
  }
}
