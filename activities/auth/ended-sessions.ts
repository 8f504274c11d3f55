import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import type { Log } from '#core/platform/log.ts'

/** An end is known to every process after so long, and the time the question takes. */
const READ_EVERY_MS = 2_000

/**
 * The sessions that were ended lately. Their access tokens have a while to go, and are good for
 * nothing any more: each process that takes tokens keeps this list, so that no request waits for it.
 */
export class EndedSessions {
  readonly #database: Knex
  #ids: ReadonlySet<string> = new Set()

  constructor(database: Knex) {
    this.#database = database
  }

  /** Whether a token of this session is to be refused. */
  has(sessionId: string | null): boolean {
    return sessionId !== null && this.#ids.has(sessionId)
  }

  /** Looks for what was ended since. */
  async read(): Promise<void> {
    // Longer than any access token lives.
    const { rows } = await this.#database.raw<{ rows: { id: string }[] }>(
      `select distinct family_id as id from sessions
       where revoked_at > now() - interval '20 minutes'`,
    )
    this.#ids = new Set(rows.map(({ id }) => id))
  }

  /** Goes on looking until `signal` aborts. */
  async keepReading(log: Log, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(READ_EVERY_MS, undefined, { signal }).catch(() => {})
      await this.read().catch((error: unknown) => {
        log.warn({ error }, 'could not ask which sessions were ended')
      })
    }
  }
}
