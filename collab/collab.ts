import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Hocuspocus } from '@hocuspocus/server'
import type { Knex } from 'knex'
import { tokenKeys } from '#core/platform/access-token.ts'
import type { Config } from '#core/platform/config.ts'
import type { Log } from '#core/platform/log.ts'
import { opsServer } from '#core/platform/ops-server.ts'
import { openEars } from './ears.ts'
import { authenticate } from './extensions/authenticate.ts'
import { boardEvents } from './extensions/board-events.ts'
import { channels } from './extensions/channels.ts'
import { guarded } from './extensions/guarded.ts'
import { jobEvents } from './extensions/job-events.ts'
import { presence } from './extensions/presence.ts'
import { texts } from './extensions/texts.ts'
import { sharedPresence } from './extensions/shared-presence.ts'
import { wholeTexts } from './extensions/whole-texts.ts'
import { openGateway } from './gateway.ts'
import { openParts, type Parts, type PartsSettings } from './parts.ts'
import { keepMeasuring } from './redis-rtt.ts'
import { Seers } from './seers.ts'

/** Without the limits there are none, and a stopping server sends all away at once. */
export type CollabSettings = PartsSettings &
  Pick<Config, 'HOST' | 'COLLAB_PORT' | 'AUTH_KEY'> &
  Partial<Pick<Config, 'SOCKETS_PER_NODE_MAX' | 'COLLAB_DRAIN_S'>>

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
  const parts = await openParts(settings, database, log)
  const { changes, updates, people, redis } = parts
  const extensions = extensionsOf(parts, settings.AUTH_KEY, database, log)
  const hocuspocus = new Hocuspocus({ quiet: true, extensions })
  const server = await opsServer(settings, settings.COLLAB_PORT, async () => {
    await database.raw('select 1')
    return !gateway.isDraining
  })
  const gateway = openGateway(server, hocuspocus, log, {
    arrived: (socket, message) => changes.arrived(socket, message),
    socketsMax: settings.SOCKETS_PER_NODE_MAX ?? Infinity,
  })
  const ears = openEars(settings, parts, { hocuspocus, gateway }, log)
  const stopping = new AbortController()
  const going = keepGoing(parts, log, stopping.signal)

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

function extensionsOf(parts: Parts, authKey: string, database: Knex, log: Log) {
  const { ended, rights, seats, feeds, updates, open, changes, nodes, people, online, jobs } = parts
  const door = { seers: new Seers(database), keys: tokenKeys(authKey), ended, rights, seats }
  return [
    authenticate(door, log),
    presence(),
    boardEvents(feeds, log),
    wholeTexts(),
    texts({ database, updates, open, changes }, log),
    sharedPresence(nodes),
    channels(people, online),
    jobEvents(jobs),
  ].map((each) => guarded(each, log))
}

/** What each part does by itself from time to time. */
function keepGoing(parts: Parts, log: Log, signal: AbortSignal): readonly Promise<void>[] {
  const { feeds, ended, rights, open, seats, jobs, people, online, redis } = parts
  return [
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
}
