import { Redis } from 'ioredis'

const CONNECT_LIMIT_MS = 3_000
const COMMAND_LIMIT_MS = 2_000
const RETRY_MAX_MS = 2_000

const comesBack = {
  connectTimeout: CONNECT_LIMIT_MS,
  retryStrategy: (tries: number) => Math.min(100 * tries, RETRY_MAX_MS),
}

/**
 * A connection that comes back by itself. A command fails within 2 s while Redis is away, so that
 * nobody waits on what is only a hint or a cache.
 */
export function openRedis(url: string): Redis {
  return quiet(
    new Redis(url, { ...comesBack, commandTimeout: COMMAND_LIMIT_MS, maxRetriesPerRequest: 1 }),
  )
}

/** A connection for BullMQ, whose commands wait for as long as Redis is away. */
export function openQueueRedis(url: string): Redis {
  return quiet(new Redis(url, { ...comesBack, maxRetriesPerRequest: null }))
}

/** Without a listener Node would end the process; the failed commands tell their callers. */
function quiet(redis: Redis): Redis {
  return redis.on('error', () => {})
}
