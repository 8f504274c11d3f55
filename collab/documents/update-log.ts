import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { appendUpdatesAlone, type TextUpdate } from '#activities/texts/queries.ts'
import { walAppendMs } from '../metrics.ts'

/** What comes within so long goes into one statement. */
const GATHER_MS = 3
const ROWS_PER_STATEMENT_MAX = 256
const BYTES_PER_STATEMENT_MAX = 256 * 1024
/** More than this is not kept waiting: memory is no log. */
const WAITING_ROWS_MAX = 5_000
const WAITING_BYTES_MAX = 64 * 1024 * 1024
/** Two that wait for each other: Postgres ends one of them, and it may try again. */
const DEADLOCK = '40P01'

/** The log cannot take more now; whoever hears this comes back later. */
export class LogFull extends Error {}
/** The card was deleted for good meanwhile. */
class CardGone extends Error {}

type Stored = TextUpdate & { readonly seq: number }

interface Waiter {
  readonly update: TextUpdate
  readonly settle: PromiseWithResolvers<number>
}

/**
 * The one way what people type into Postgres: gathered from all texts of this process for a moment
 * and written with one statement at a time. What `append` answers is committed.
 */
export class UpdateLog {
  readonly #database: Knex
  readonly #told: (stored: readonly Stored[]) => void
  #waiting: Waiter[] = []
  #waitingBytes = 0
  readonly #pending = new Map<string, number>()
  #writing: Promise<void> | null = null

  /** `told` hears what has been committed. */
  constructor(database: Knex, told: (stored: readonly Stored[]) => void = () => {}) {
    this.#database = database
    this.#told = told
  }

  /** Answers the number of the update; rejects when it may not be stored. */
  async append(update: TextUpdate): Promise<number> {
    const bytes = this.#waitingBytes + update.bytes.length
    if (this.#waiting.length >= WAITING_ROWS_MAX || bytes > WAITING_BYTES_MAX) throw new LogFull()
    const settle = Promise.withResolvers<number>()
    this.#waiting.push({ update, settle })
    this.#waitingBytes = bytes
    this.#count(update.cardId, 1)
    this.#writing ??= this.#write()
    try {
      return await settle.promise
    } finally {
      this.#count(update.cardId, -1)
    }
  }

  /** Resolves when nothing of this text is on its way any more. */
  async written(cardId: string): Promise<void> {
    while (this.#pending.has(cardId)) await sleep(GATHER_MS)
  }

  /** Resolves when nothing is on its way any more. */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        if (!this.#isEnough()) await sleep(GATHER_MS)
        await this.#writeSome(this.#take())
      }
    } finally {
      this.#writing = null
    }
  }

  #isEnough(): boolean {
    return (
      this.#waiting.length >= ROWS_PER_STATEMENT_MAX ||
      this.#waitingBytes >= BYTES_PER_STATEMENT_MAX
    )
  }

  /** At least one, however long it is. */
  #take(): Waiter[] {
    let bytes = 0
    const over = this.#waiting.findIndex(({ update }, index) => {
      bytes += update.bytes.length
      return index > 0 && bytes > BYTES_PER_STATEMENT_MAX
    })
    const count = Math.min(over === -1 ? this.#waiting.length : over, ROWS_PER_STATEMENT_MAX)
    const taken = this.#waiting.slice(0, count)
    this.#waiting = this.#waiting.slice(count)
    this.#waitingBytes -= bytesOf(taken)
    return taken
  }

  /** None of them is let wait for ever: each is told its number, or why there is none. */
  async #writeSome(some: readonly Waiter[]): Promise<void> {
    const startMs = performance.now()
    try {
      const numbers = await this.#store(some.map(({ update }) => update))
      const stored: Stored[] = []
      some.forEach(({ update, settle }, index) => {
        const seq = numbers[index]
        if (seq === undefined) return settle.reject(new CardGone())
        stored.push({ ...update, seq })
        settle.resolve(seq)
      })
      this.#told(stored)
    } catch (error) {
      for (const { settle } of [...some, ...this.#takeBehind(some)]) settle.reject(error)
    } finally {
      walAppendMs.observe(performance.now() - startMs)
    }
  }

  /** What waits for the same texts: it may build on what was not stored. */
  #takeBehind(some: readonly Waiter[]): Waiter[] {
    const cardIds = new Set(some.map(({ update }) => update.cardId))
    const behind = this.#waiting.filter(({ update }) => cardIds.has(update.cardId))
    this.#waiting = this.#waiting.filter(({ update }) => !cardIds.has(update.cardId))
    this.#waitingBytes -= bytesOf(behind)
    return behind
  }

  async #store(updates: readonly TextUpdate[], isRetry = false): Promise<(number | undefined)[]> {
    try {
      return await appendUpdatesAlone(this.#database, updates)
    } catch (error) {
      if (isRetry || (error as { code?: string }).code !== DEADLOCK) throw error
      return await this.#store(updates, true)
    }
  }

  #count(cardId: string, by: 1 | -1): void {
    const count = (this.#pending.get(cardId) ?? 0) + by
    if (count === 0) this.#pending.delete(cardId)
    else this.#pending.set(cardId, count)
  }
}

const bytesOf = (waiters: readonly Waiter[]) =>
  waiters.reduce((sum, { update }) => sum + update.bytes.length, 0)
