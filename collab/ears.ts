import type { Hocuspocus } from '@hocuspocus/server'
import {
  boardEventsChannel,
  documentsChannel,
  frontsChannel,
  inboxChannel,
  jobsChannel,
  listsChannel,
} from '#core/platform/channels.ts'
import type { Config } from '#core/platform/config.ts'
import type { Log } from '#core/platform/log.ts'
import { subscribe } from '#core/platform/subscribe.ts'
import { showPresence } from './extensions/shared-presence.ts'
import type { Gateway } from './gateway.ts'
import type { Parts } from './parts.ts'

/** Hears on Redis what other processes tell, and passes it to whom it concerns. */
export function openEars(
  { REDIS_URL, REDIS_PREFIX }: Pick<Config, 'REDIS_URL' | 'REDIS_PREFIX'>,
  { feeds, open, nodes, seats, online, people, jobs }: Parts,
  { hocuspocus, gateway }: { hocuspocus: Hocuspocus; gateway: Gateway },
  log: Log,
) {
  const hear = (channel: (prefix: string) => string, listener: (message: string) => void) =>
    subscribe(REDIS_URL, channel(REDIS_PREFIX), listener, log)
  return [
    hear(boardEventsChannel, (message) => {
      for (const event of feeds.hint(message)) open.hintOf(event)
    }),
    hear(documentsChannel, (message) => {
      nodes.hear(message, {
        stored: (changes) => open.hint(changes),
        presence: (name, bytes) => showPresence(hocuspocus, name, bytes),
        evicted: (socketIds) => seats.evict(socketIds),
        online: (workspaceId) => online.hear(workspaceId),
      })
    }),
    hear(frontsChannel, (frontId) => {
      void gateway.leaveFront(frontId, (isMeant, withinMs) => {
        people.tellAll({ kind: 'draining', withinMs }, isMeant)
      })
    }),
    hear(jobsChannel, (jobId) => jobs.hear(jobId)),
    hear(inboxChannel, () => people.look()),
    hear(listsChannel, (workspaceId) => online.tellAll(workspaceId, { kind: 'lists' })),
  ]
}
