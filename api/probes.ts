import type { NativeConnection, Worker } from '@temporalio/worker'
import type { Redis } from 'ioredis'
import type { Knex } from 'knex'
import { schemaProblem } from '#migrations/schema.ts'
import type { Parts } from './parts.ts'

interface Components {
  readonly database: Knex
  readonly redis: Redis
  readonly connection: NativeConnection
  readonly worker: Worker
}

/** What /ready asks of each component. */
export function probesOf({ database, redis, connection, worker }: Components): Parts['probes'] {
  return {
    postgres: async () => (await database.raw('select 1')) !== undefined,
    schema: async () => (await schemaProblem(database)) === null,
    redis: async () => (await redis.ping()) === 'PONG',
    temporal: async () => (await connection.workflowService.getSystemInfo({})) !== undefined,
    worker: async () => worker.getState() === 'RUNNING',
  }
}
