import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { inboxMarks } from '#activities/notifications/queries.ts'
import { standingMarks } from '#activities/rbac/queries.ts'
import type { PersonMessage } from '#core/contracts/channels.ts'
import type { ViewerSocket } from './viewer-socket.ts'
import { readAs, THE_HOUSE } from '#core/platform/acting-as.ts'
import type { Log } from '#core/platform/log.ts'

const LOOK_EVERY_MS = 2_000

/** Somebody's tab that is told; a Hocuspocus connection is one. */
interface Tab {
  sendStateless(message: string): void
}

interface Known {
  readonly userId: string
  readonly socket: ViewerSocket
  seen?: Seen
}

interface Seen {
  readonly inbox: string
  readonly standing: string
}

/**
 * Tells each tab that its person's inbox or what they may do has changed. Both are looked at in
 * Postgres every two seconds for all who are here, and at once when somebody says that there is news.
 */
export class People {
  readonly #database: Knex
  readonly #log: Log
  /** Whose each tab is, and what it was told of last. */
  readonly #tabs = new Map<Tab, Known>()
  #wake = Promise.withResolvers<void>()

  constructor(database: Knex, log: Log) {
    this.#database = database
    this.#log = log
  }

  add(tab: Tab, userId: string, socket: ViewerSocket): void {
    this.#tabs.set(tab, { userId, socket })
    this.look()
  }

  delete(tab: Tab): void {
    this.#tabs.delete(tab)
  }

  /** There may be news. */
  look(): void {
    this.#wake.resolve()
  }

  /** Tells the tabs of all people here, or those whose sockets are meant. */
  tellAll(message: PersonMessage, isMeant: (socket: ViewerSocket) => boolean = () => true): void {
    for (const [tab, { socket }] of this.#tabs) if (isMeant(socket)) tell(tab, message)
  }

  /** Goes on looking until `signal` aborts. */
  async keepLooking(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const pause = sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
      await Promise.race([pause, this.#wake.promise])
      this.#wake = Promise.withResolvers()
      await this.#look().catch((error: unknown) => {
        this.#log.warn({ error }, 'could not ask what people are to be told')
      })
    }
  }

  async #look(): Promise<void> {
    if (this.#tabs.size === 0) return
    const userIds = [...new Set(Array.from(this.#tabs.values(), ({ userId }) => userId))]
    const [inbox, standing] = await readAs(this.#database, THE_HOUSE, (trx) =>
      Promise.all([inboxMarks(trx, userIds), standingMarks(trx, userIds)]),
    )
    for (const [tab, known] of this.#tabs) {
      const { userId, seen } = known
      // Who came while it was asked is looked at next time.
      if (!inbox.has(userId)) continue
      const now = { inbox: inbox.get(userId)!, standing: standing.get(userId)! }
      known.seen = now
      if (now.inbox !== seen?.inbox) tell(tab, { kind: 'inbox', mark: now.inbox })
      if (now.standing !== seen?.standing) tell(tab, { kind: 'standing', mark: now.standing })
    }
  }
}

const tell = (tab: Tab, message: PersonMessage) => tab.sendStateless(JSON.stringify(message))
