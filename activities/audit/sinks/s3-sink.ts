import { gunzipSync, gzipSync } from 'node:zlib'
import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { s3Place, type S3Keys } from '#core/platform/s3-place.ts'
import { Checkpoint } from '../checkpoint.ts'
import type { AuditSink } from './sink.ts'

const ANSWER_LIMIT_MS = 10_000
/** So many digits that names sort as numbers do. */
const NUMBER_DIGITS = 15

/**
 * Keeps them in a bucket of any store that speaks S3: `s3://BUCKET/PREFIX?region=…&endpoint=…`.
 * Without keys the client takes those of its surroundings. A bucket with object lock keeps them from
 * us too.
 */
export function s3Sink(address: URL, credentials?: S3Keys): AuditSink {
  const { bucket: Bucket, prefix, region, endpoint } = s3Place(address)
  const client = new S3Client({
    region,
    ...(credentials && { credentials }),
    ...(endpoint && { endpoint, forcePathStyle: true }),
    requestHandler: { requestTimeout: ANSWER_LIMIT_MS, connectionTimeout: ANSWER_LIMIT_MS },
  })

  const put = async (key: string, Body: Buffer | string) => {
    await client.send(new PutObjectCommand({ Bucket, Key: prefix + key, Body }))
  }
  const get = async (key: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: prefix + key }))
    return Buffer.from(await Body!.transformToByteArray())
  }

  return {
    async putCheckpoint(checkpoint) {
      await put(`checkpoints/${nameOf(checkpoint.number)}`, JSON.stringify(checkpoint))
      await put('latest-checkpoint', JSON.stringify(checkpoint))
    },
    async latestCheckpoint() {
      const Prefix = `${prefix}latest-checkpoint`
      const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket, Prefix }))
      if (!KeyCount) return null
      return Checkpoint.parse(JSON.parse((await get('latest-checkpoint')).toString()))
    },
    async putLines(name, lines) {
      await put(`lines/${name}`, gzipSync(lines.join('\n')))
    },
    async readLines(name) {
      return gunzipSync(await get(`lines/${name}`))
        .toString()
        .split('\n')
    },
    async close() {
      client.destroy()
    },
  }
}

const nameOf = (number: number) => String(number).padStart(NUMBER_DIGITS, '0')
