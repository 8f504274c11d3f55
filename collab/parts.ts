import type { Knex } from 'knex'
import { EndedSessions } from '#activities/auth/ended-sessions.ts'
import { documentsChannel } from '#core/platform/channels.ts'
import type { Config } from '#core/platform/config.ts'
import type { Log } from '#core/platform/log.ts'
import { openRedis } from '#core/platform/redis.ts'
import { BoardFeeds } from './board-feeds.ts'
import { Nodes } from './documents/nodes.ts'
import { OpenTexts } from './documents/open-texts.ts'
import { TextChanges } from './documents/text-changes.ts'
import { UpdateLog } from './documents/update-log.ts'
import { JobFeeds } from './job-feeds.ts'
import { journalIn } from './journal-in.ts'
import { Online } from './online.ts'
import { People } from './people.ts'
import { Rights } from './rights.ts'
import { Seats } from './seats.ts'

export type PartsSettings = Pick<Config, 'REDIS_URL' | 'REDIS_PREFIX'> &
  Partial<Pick<Config, 'BROWSERS_PER_PERSON_MAX' | 'TABS_PER_BROWSER_MAX'>>

export type Parts = Awaited<ReturnType<typeof openParts>>

/** What this process knows of boards, texts, people and the other nodes; nothing moves in it yet. */
export async function openParts(settings: PartsSettings, database: Knex, log: Log) {
  const { REDIS_PREFIX: prefix } = settings
  const ended = new EndedSessions(database)
  await ended.read()
  const rights = new Rights(database, ended, log)
  const redis = openRedis(settings.REDIS_URL)
  const nodes = new Nodes(redis, documentsChannel(prefix), log)
  const limits = {
    browsersMax: settings.BROWSERS_PER_PERSON_MAX ?? Infinity,
    tabsMax: settings.TABS_PER_BROWSER_MAX ?? Infinity,
  }
  const evict = (socketIds: readonly string[]) => nodes.tellEvicted(socketIds)
  const seats = new Seats({ redis, prefix, limits, tell: evict }, log)
  const come = (workspaceId: string) => nodes.tellOnline(workspaceId)
  const online = new Online({ redis, prefix, tell: come }, log)
  const updates = new UpdateLog(database, (stored) => nodes.tellStored(stored))
  const open = new OpenTexts(database, log)
  return {
    ended,
    rights,
    redis,
    nodes,
    seats,
    online,
    updates,
    open,
    changes: new TextChanges({ updates, open, rights }),
    feeds: new BoardFeeds(journalIn(database), log),
    people: new People(database, log),
    jobs: new JobFeeds(redis, prefix, log),
  }
}
