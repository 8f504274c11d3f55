import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import type { Log } from '#core/platform/log.ts'

/** Rows whose nudge was lost are found after so long at the latest. */
const POLL_EVERY_MS = 1_000
const CLAIM_ROWS_MAX = 500

/** A job for a handler; a new try of the same row has another id. */
export interface FollowUpJob {
  readonly jobId: string
  readonly topic: string
  readonly outboxId: string
}

export type Enqueue = (jobs: readonly FollowUpJob[]) => Promise<void>

/**
 * Brings rows of the outbox to the queues.
 *
 * A row is due until its handler marks it as done. Queueing puts it off for 30 s, then a minute,
 * and so on up to an hour; if it is still undone by then, its job was lost or failed, and it is
 * queued again. When the jobs cannot be queued, the rows stay due.
 */
export class Relay {
  readonly #database: Knex
  readonly #enqueue: Enqueue
  readonly #log: Log
  #nap = new AbortController()

  constructor(database: Knex, enqueue: Enqueue, log: Log) {
    this.#database = database
    this.#enqueue = enqueue
    this.#log = log
  }

  /** Something new is in the outbox. */
  wake(): void {
    this.#nap.abort()
  }

  /** Relays until `signal` aborts. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => this.wake(), { once: true })
    while (!signal.aborted) {
      const { signal: woken } = (this.#nap = new AbortController())
      const isMore = await this.#relay().catch((error: unknown) => {
        this.#log.warn({ error }, 'could not relay the outbox')
        return false
      })
      if (isMore || signal.aborted) continue
      await sleep(POLL_EVERY_MS, undefined, { signal: woken }).catch(() => {})
    }
  }

  /** True when there may be more. */
  async #relay(): Promise<boolean> {
    return await writeAs(this.#database, THE_HOUSE, async (trx) => {
      const { rows } = await trx.raw<{ rows: FollowUpJob[] }>(
        `update outbox
         set tries = tries + 1,
           next_at = now() + least(interval '30 s' * power(2, least(tries, 10)), interval '1 h')
         where id in (
           select id from outbox where done_at is null and next_at <= now()
           order by next_at limit ? for update skip locked
         )
         returning id as "outboxId", topic, id || '-' || tries as "jobId"`,
        [CLAIM_ROWS_MAX],
      )
      if (rows.length > 0) await this.#enqueue(rows)
      return rows.length === CLAIM_ROWS_MAX
    })
  }
}
