import type { Redis } from 'ioredis'
import { boardEventsChannel, listsChannel, outboxChannel } from '#core/platform/channels.ts'
import type { Log } from '#core/platform/log.ts'
import type { Applied } from './store-effects.ts'
import { toldEvent } from './told-event.ts'

const RELISTS = /^(?:project|board)\./

/**
 * Tells other processes what was committed. Only a hint: who misses it finds the truth in
 * Postgres, so nobody waits for Redis and nothing is lost with it.
 */
export function announcer(redis: Redis, prefix: string, log: Log) {
  return ({ answers, news, followUps }: Applied): void => {
    const messages = news.map((each) => {
      const told = { ...each, events: each.events.map(toldEvent) }
      return [boardEventsChannel(prefix), JSON.stringify(told)] as const
    })
    const nudge = followUps ? [[outboxChannel(prefix), ''] as const] : []
    const lists = workspacesRelisted(answers).map((id) => [listsChannel(prefix), id] as const)
    for (const [channel, message] of [...messages, ...nudge, ...lists]) {
      redis.publish(channel, message).catch((error: unknown) => {
        log.warn({ error, channel }, 'a hint was not told')
      })
    }
  }
}

/** The workspaces whose projects or boards are other ones now. */
const workspacesRelisted = (answers: Applied['answers']) => [
  ...new Set(
    answers
      .filter(({ command, outcome }) => outcome.status === 'done' && RELISTS.test(command.type))
      .map(({ command }) => command.workspaceId),
  ),
]
