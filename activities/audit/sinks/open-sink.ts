import type { Knex } from 'knex'
import { clickhouseSink } from './clickhouse-sink.ts'
import { postgresSink } from './postgres-sink.ts'
import { s3Sink } from './s3-sink.ts'
import type { AuditSink } from './sink.ts'

/** The sink of AUDIT_SINK_URL; without it, the database itself. */
export function openSink(database: Knex, address: string | undefined): AuditSink {
  if (address === undefined) return postgresSink(database)
  const url = new URL(address)
  return url.protocol === 's3:' ? s3Sink(url) : clickhouseSink(url)
}
