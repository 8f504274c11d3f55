import type { Redis } from 'ioredis'
import { boardEventsChannel, listsChannel, outboxChannel } from '#core/platform/channels.ts'
import type { Log } from '#core/platform/log.ts'
import type { Applied } from './store-effects.ts'
import { toldEvent } from './told-event.ts'

/**
 * Tells other processes what was committed. Only a hint: who misses it finds the truth in
 * Postgres, so nobody waits for Redis and nothing is lost with it.
 */
export function announcer(redis: Redis, prefix: string, log: Log) {
  return ({ news, followUps, relisted }: Omit<Applied, 'answers'>): void => {
    const messages = news.map((each) => {
      const told = { ...each, events: each.events.map(toldEvent) }
      return [boardEventsChannel(prefix), JSON.stringify(told)] as const
    })
    const nudge = followUps ? [[outboxChannel(prefix), ''] as const] : []
    const lists = relisted.map((id) => [listsChannel(prefix), id] as const)
    for (const [channel, message] of [...messages, ...nudge, ...lists]) {
      redis.publish(channel, message).catch((error: unknown) => {
        log.warn({ error, channel }, 'a hint was not told')
      })
    }
  }
}
