import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { useDatabase } from '#tests/support/use-database.ts'
import type { Checkpoint } from '../checkpoint.ts'
import { aClickhouse } from '#tests/support/audit/a-clickhouse.ts'
import { anS3, S3_KEYS } from '#tests/support/audit/an-s3.ts'
import { openSink } from './open-sink.ts'
import type { AuditSink } from './sink.ts'

// What every sink promises. S3 and ClickHouse cannot be here, so each is a small server that speaks
// its protocol to the client we ship.
const database = useDatabase()
const SINKS = ['postgres', 's3', 'clickhouse'] as const

const sinks: Partial<Record<(typeof SINKS)[number], AuditSink>> = {}

beforeAll(async () => {
  const [s3, clickhouse] = [await anS3(), await aClickhouse()]
  const open = (AUDIT_SINK_URL?: string) =>
    openSink(database('worker'), { AUDIT_SINK_URL, ...S3_KEYS })
  sinks.postgres = open()
  sinks.s3 = open(`s3://audit/projectflow?endpoint=${encodeURIComponent(s3.url)}`)
  sinks.clickhouse = open(`clickhouse://writer:secret@${new URL(clickhouse.url).host}/audit`)
  return async () => {
    await Promise.all(Object.values(sinks).map((sink) => sink.close()))
    await Promise.all([s3.stop(), clickhouse.stop()])
  }
})

const aCheckpoint = (number: number): Checkpoint => ({
  number,
  hash: randomBytes(32).toString('hex'),
  keyId: '0123456789abcdef',
  signature: randomBytes(64).toString('hex'),
  sealedAt: new Date().toISOString(),
})

describe.each(SINKS)('%s', (name) => {
  test('has no checkpoint at first, and then the newest', async () => {
    const sink = sinks[name]!
    expect(await sink.latestCheckpoint()).toBeNull()
    const checkpoints = [1, 9, 10].map(aCheckpoint)
    for (const each of checkpoints) await sink.putCheckpoint(each)
    expect(await sink.latestCheckpoint()).toEqual(checkpoints[2])
    await sink.putCheckpoint(checkpoints[2]!)
    expect(await sink.latestCheckpoint()).toEqual(checkpoints[2])
  })

  test('gives lines back as they were put, also when they were put twice', async () => {
    const sink = sinks[name]!
    const lines = [`{"a":"line end \\n, quote \\" and ü"}`, '{"b":2}', '{}']
    const called = `seals-${newId()}`
    await sink.putLines(called, lines)
    await sink.putLines(called, lines)
    expect(await sink.readLines(called)).toEqual(lines)
  })

  test('says that it has no lines of another name', async () => {
    await expect(sinks[name]!.readLines(newId())).rejects.toThrow(/no archived lines|NoSuchKey/)
  })
})
