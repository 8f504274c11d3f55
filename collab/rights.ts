import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import type { EndedSessions } from '#activities/auth/ended-sessions.ts'
import { seersOf } from '#activities/rbac/queries.ts'
import { readAs, THE_HOUSE } from '#core/platform/acting-as.ts'
import type { Log } from '#core/platform/log.ts'
import type { ViewerContext } from './extensions/authenticate.ts'

/** With the time the sessions take to be known, a right that is lost ends within five seconds. */
const CHECK_EVERY_MS = 2_000

/** The viewers who were let in, asked again and again whether they still may look. */
export class Rights {
  readonly #database: Knex
  readonly #ended: EndedSessions
  readonly #log: Log
  readonly #viewers = new Set<ViewerContext>()

  constructor(database: Knex, ended: EndedSessions, log: Log) {
    this.#database = database
    this.#ended = ended
    this.#log = log
  }

  add(viewer: ViewerContext): void {
    this.#viewers.add(viewer)
  }

  delete(viewer: ViewerContext): void {
    this.#viewers.delete(viewer)
  }

  /** Sends away whose session was ended or who is no member any more, until `signal` aborts. */
  async keepChecking(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(CHECK_EVERY_MS, undefined, { signal }).catch(() => {})
      await this.#check().catch((error: unknown) => {
        this.#log.warn({ error }, 'could not ask who may still look at boards')
      })
    }
  }

  async #check(): Promise<void> {
    const viewers = [...this.#viewers]
    if (viewers.length === 0) return
    const pairs = viewers.map(({ boardId, user }) => ({ boardId, userId: user.id }))
    const seers = await readAs(this.#database, THE_HOUSE, (trx) => seersOf(trx, pairs))
    for (const { boardId, user, sessionId, socket } of viewers) {
      const maySee = seers.has(`${boardId} ${user.id}`) && !this.#ended.has(sessionId)
      // It comes back with another token, and is told then what it may not.
      if (!maySee) socket.closeBecause('tokenOver')
    }
  }
}
