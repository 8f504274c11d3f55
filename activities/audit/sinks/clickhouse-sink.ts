import { createClient, type ClickHouseClient } from '@clickhouse/client'
import { Checkpoint } from '../checkpoint.ts'
import type { AuditSink } from './sink.ts'

const ANSWER_LIMIT_MS = 10_000

const TABLES = [
  `create table if not exists audit_checkpoints (number UInt64, checkpoint String)
   engine = ReplacingMergeTree order by number`,
  `create table if not exists audit_lines (name String, place UInt32, line String)
   engine = ReplacingMergeTree order by (name, place)`,
]

/**
 * Keeps them in ClickHouse, where archived lines can be asked by SQL: `clickhouse://USER:PASSWORD@
 * HOST:PORT/DATABASE`, over HTTPS with `?secure=1`. The tables are made when they are not there.
 */
export function clickhouseSink(address: URL): AuditSink {
  const scheme = address.searchParams.get('secure') === '1' ? 'https' : 'http'
  const client = createClient({
    url: `${scheme}://${address.host}`,
    username: decodeURIComponent(address.username),
    password: decodeURIComponent(address.password),
    database: address.pathname.slice(1) || 'default',
    request_timeout: ANSWER_LIMIT_MS,
  })
  let prepared: Promise<unknown> | undefined
  const ready = async () => await (prepared ??= prepare(client))

  return {
    async putCheckpoint(checkpoint) {
      await ready()
      const row = { number: checkpoint.number, checkpoint: JSON.stringify(checkpoint) }
      await client.insert({ table: 'audit_checkpoints', values: [row], format: 'JSONEachRow' })
    },
    async latestCheckpoint() {
      await ready()
      const query = 'select checkpoint from audit_checkpoints order by number desc limit 1'
      const [found] = await ask<{ checkpoint: string }>(client, query)
      return found ? Checkpoint.parse(JSON.parse(found.checkpoint)) : null
    },
    async putLines(name, lines) {
      await ready()
      const values = lines.map((line, place) => ({ name, place, line }))
      await client.insert({ table: 'audit_lines', values, format: 'JSONEachRow' })
    },
    async readLines(name) {
      await ready()
      const query = 'select line from audit_lines final where name = {name:String} order by place'
      const found = await ask<{ line: string }>(client, query, { name })
      if (found.length === 0) throw new Error(`There are no archived lines called ${name}.`)
      return found.map(({ line }) => line)
    },
    close: async () => await client.close(),
  }
}

async function prepare(client: ClickHouseClient): Promise<void> {
  for (const query of TABLES) await client.command({ query })
}

async function ask<Found>(
  client: ClickHouseClient,
  query: string,
  query_params: Record<string, unknown> = {},
): Promise<Found[]> {
  const answer = await client.query({ query, query_params, format: 'JSONEachRow' })
  return await answer.json<Found>()
}
