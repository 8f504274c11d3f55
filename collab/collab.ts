import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Hocuspocus } from '@hocuspocus/server'
import type { Knex } from 'knex'
import { boardEventsAfter } from '#activities/actions/queries.ts'
import { EndedSessions } from '#activities/auth/ended-sessions.ts'
import { boardHeads } from '#activities/projects/queries.ts'
import { readAs, THE_HOUSE } from '#core/platform/acting-as.ts'
import { tokenKeys } from '#core/platform/access-token.ts'
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
import { opsServer } from '#core/platform/ops-server.ts'
import { openRedis } from '#core/platform/redis.ts'
import { subscribe } from '#core/platform/subscribe.ts'
import type { Journal } from './board-feed.ts'
import { BoardFeeds } from './board-feeds.ts'
import { authenticate } from './extensions/authenticate.ts'
import { boardEvents } from './extensions/board-events.ts'
import { channels } from './extensions/channels.ts'
import { guarded } from './extensions/guarded.ts'
import { jobEvents } from './extensions/job-events.ts'
import { presence } from './extensions/presence.ts'
import { texts } from './extensions/texts.ts'
import { sharedPresence, showPresence } from './extensions/shared-presence.ts'
import { Nodes } from './documents/nodes.ts'
import { OpenTexts } from './documents/open-texts.ts'
import { TextChanges } from './documents/text-changes.ts'
import { UpdateLog } from './documents/update-log.ts'
import { openGateway } from './gateway.ts'
import { JobFeeds } from './job-feeds.ts'
import { Online } from './online.ts'
import { People } from './people.ts'
import { keepMeasuring } from './redis-rtt.ts'
import { Rights } from './rights.ts'
import { Seats } from './seats.ts'
import { Seers } from './seers.ts'
import { Together } from './together.ts'

export type CollabSettings = Pick<
  Config,
  'HOST' | 'COLLAB_PORT' | 'REDIS_URL' | 'REDIS_PREFIX' | 'AUTH_KEY'
> &
  Partial<CollabLimits>

/** Without them there are none, and a stopping server sends all away at once. */
type CollabLimits = Pick<
  Config,
  'SOCKETS_PER_NODE_MAX' | 'BROWSERS_PER_PERSON_MAX' | 'TABS_PER_BROWSER_MAX' | 'COLLAB_DRAIN_S'
>

export interface Collab {
  readonly port: number
  stop(): Promise<void>
}

/** Shows viewers of boards what happens on them, as it happens; the caller ends `database`. */
export async function startCollab(
  settings: CollabSettings,
  database: Knex,
  log: Log,
): Promise<Collab> {
  const feeds = new BoardFeeds(journalIn(database), log)
  const ended = new EndedSessions(database)
  await ended.read()
  const rights = new Rights(database, ended, log)
  const redis = openRedis(settings.REDIS_URL)
  const nodes = new Nodes(redis, documentsChannel(settings.REDIS_PREFIX), log)
  const seats = new Seats(
    {
      redis,
      prefix: settings.REDIS_PREFIX,
      limits: {
        browsersMax: settings.BROWSERS_PER_PERSON_MAX ?? Infinity,
        tabsMax: settings.TABS_PER_BROWSER_MAX ?? Infinity,
      },
      tell: (socketIds) => nodes.tellEvicted(socketIds),
    },
    log,
  )
  const people = new People(database, log)
  const online = new Online(
    {
      redis,
      prefix: settings.REDIS_PREFIX,
      tell: (workspaceId) => nodes.tellOnline(workspaceId),
    },
    log,
  )
  const jobs = new JobFeeds(redis, settings.REDIS_PREFIX, log)
  const updates = new UpdateLog(database, (stored) => nodes.tellStored(stored))
  const open = new OpenTexts(database, log)
  const changes = new TextChanges({ updates, open, rights })

  const hocuspocus = new Hocuspocus({
    quiet: true,
    extensions: [
      authenticate(
        { seers: new Seers(database), keys: tokenKeys(settings.AUTH_KEY), ended, rights, seats },
        log,
      ),
      presence(),
      boardEvents(feeds, log),
      texts({ database, updates, open, changes }, log),
      sharedPresence(nodes),
      channels(people, online),
      jobEvents(jobs),
    ].map((each) => guarded(each, log)),
  })
  const server = await opsServer(settings, settings.COLLAB_PORT, async () => {
    await database.raw('select 1')
    return !gateway.isDraining
  })
  const gateway = openGateway(server, hocuspocus, log, {
    arrived: (socket, message) => changes.arrived(socket, message),
    socketsMax: settings.SOCKETS_PER_NODE_MAX ?? Infinity,
  })
  const hear = (channel: string, listener: (message: string) => void) =>
    subscribe(settings.REDIS_URL, channel, listener, log)
  const ears = [
    hear(boardEventsChannel(settings.REDIS_PREFIX), (message) => {
      for (const event of feeds.hint(message)) open.hintOf(event)
    }),
    hear(documentsChannel(settings.REDIS_PREFIX), (message) => {
      nodes.hear(message, {
        stored: (changes) => open.hint(changes),
        presence: (name, bytes) => showPresence(hocuspocus, name, bytes),
        evicted: (socketIds) => seats.evict(socketIds),
        online: (workspaceId) => online.hear(workspaceId),
      })
    }),
    hear(frontsChannel(settings.REDIS_PREFIX), (frontId) => {
      void gateway.leaveFront(frontId, (isMeant, withinMs) => {
        people.tellAll({ kind: 'draining', withinMs }, isMeant)
      })
    }),
    hear(jobsChannel(settings.REDIS_PREFIX), (jobId) => jobs.hear(jobId)),
    hear(inboxChannel(settings.REDIS_PREFIX), () => people.look()),
    hear(listsChannel(settings.REDIS_PREFIX), (workspaceId) => {
      online.tellAll(workspaceId, { kind: 'lists' })
    }),
  ]
  const stopping = new AbortController()
  const { signal } = stopping
  const going = [
    feeds.keepComparing(signal),
    ended.keepReading(log, signal),
    rights.keepChecking(signal),
    open.keepComparing(signal),
    seats.keepRenewing(signal),
    jobs.keepComparing(signal),
    people.keepLooking(signal),
    online.keepRenewing(signal),
    keepMeasuring(redis, signal),
  ]

  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      const withinMs = (settings.COLLAB_DRAIN_S ?? 0) * 1_000
      people.tellAll({ kind: 'draining', withinMs })
      await gateway.drain(withinMs)
      await updates.flush()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      for (const each of [...ears, redis]) each.disconnect()
      stopping.abort()
      await Promise.all(going)
    },
  }
}

function journalIn(database: Knex): Journal {
  const heads = (boardIds: readonly string[]) =>
    readAs(database, THE_HOUSE, (trx) => boardHeads(trx, boardIds))
  const each = new Together(async (boardIds: readonly string[]) => {
    const found = await heads([...new Set(boardIds)])
    return (boardId) => found.get(boardId)
  })
  return {
    heads,
    head: (boardId) => each.ask(boardId),
    after: (boardId, offset, eventsMax) =>
      readAs(database, THE_HOUSE, (trx) => boardEventsAfter(trx, boardId, offset, eventsMax)),
  }
}
