import type { Redis } from 'ioredis'
import type { Log } from './log.ts'
import { openRedis } from './redis.ts'

/**
 * Hears what is said on a channel, and subscribes anew whenever Redis is back; what was said
 * meanwhile is lost. Whoever subscribes ends the connection with `disconnect()`.
 */
export function subscribe(
  url: string,
  channel: string,
  hear: (message: string) => void,
  log: Log,
): Redis {
  const redis = openRedis(url)
  redis.on('message', (_, message) => hear(message))
  redis.on('ready', () => {
    redis.subscribe(channel).catch((error: unknown) => {
      log.warn({ error, channel }, 'could not subscribe')
    })
  })
  return redis
}
