import type { Knex } from 'knex'
import type { Config } from '#core/platform/config.ts'
import { clickhouseSink } from './clickhouse-sink.ts'
import { postgresSink } from './postgres-sink.ts'
import { s3Sink } from './s3-sink.ts'
import type { AuditSink } from './sink.ts'

type Settings = Pick<Config, 'AUDIT_SINK_URL' | 'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY'>

/** The sink of AUDIT_SINK_URL; without it, the database itself. */
export function openSink(database: Knex, settings: Settings): AuditSink {
  const { AUDIT_SINK_URL, AWS_ACCESS_KEY_ID: accessKeyId } = settings
  if (AUDIT_SINK_URL === undefined) return postgresSink(database)
  const url = new URL(AUDIT_SINK_URL)
  if (url.protocol !== 's3:') return clickhouseSink(url)
  const secretAccessKey = settings.AWS_SECRET_ACCESS_KEY
  return s3Sink(url, accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined)
}
