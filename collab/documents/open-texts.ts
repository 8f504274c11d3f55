import { setTimeout as sleep } from 'node:timers/promises'
import type { Document } from '@hocuspocus/server'
import type { Knex } from 'knex'
import * as Y from 'yjs'
import { applyStored, storedText, textHeads } from '#activities/texts/queries.ts'
import type { BoardEvent } from '#core/contracts/events.ts'
import { readAs, THE_HOUSE } from '#core/platform/acting-as.ts'
import type { Log } from '#core/platform/log.ts'
import type { StoredChange } from './nodes.ts'
import { texts, unreadableUpdates } from '../metrics.ts'
import { TextSize } from './text-size.ts'

/** What another process wrote is here after so long at the latest, whatever Redis does. */
const COMPARE_EVERY_MS = 2_000

/** Comes from the log, so nobody has to store it. */
const FROM_LOG = { source: 'local', skipStoreHooks: true } as const

/** Events of a board that come with a change of a text. */
const CHANGE_TEXTS = ['card.edited', 'text.restored']

interface Open {
  readonly document: Document
  readonly size: TextSize
  /** All changes up to this number are in the document. */
  seq: number
  /** Changes beyond it that are in already. */
  readonly early: Set<number>
  isReading: boolean
}

/** The texts somebody has open here, and up to which number of the log each of them is. */
export class OpenTexts {
  readonly #database: Knex
  readonly #log: Log
  readonly #open = new Map<string, Open>()

  constructor(database: Knex, log: Log) {
    this.#database = database
    this.#log = log
  }

  add(cardId: string, document: Document, seq: number, bytes: number): void {
    const size = new TextSize(document, bytes)
    this.#open.set(cardId, { document, size, seq, early: new Set(), isReading: false })
    texts.set(this.#open.size)
  }

  delete(cardId: string): void {
    this.#open.delete(cardId)
    texts.set(this.#open.size)
  }

  /** Whether a text may grow by so much. */
  admits(cardId: string, bytes: number): boolean {
    return this.#open.get(cardId)?.size.admits(bytes) ?? false
  }

  /** Brings a stored change into the document, if it is open and lacks it. */
  apply(cardId: string, seq: number, bytes: Uint8Array, origin: unknown = FROM_LOG): void {
    const open = this.#open.get(cardId)
    if (!open || seq <= open.seq || open.early.has(seq)) return
    Y.applyUpdate(open.document, bytes, origin)
    open.size.add(bytes.length)
    open.early.add(seq)
    while (open.early.delete(open.seq + 1)) open.seq += 1
  }

  /** Takes what another process has stored. */
  hint(changes: readonly StoredChange[]): void {
    for (const { cardId, seq, bytes } of changes) {
      if (bytes) this.apply(cardId, seq, bytes)
      else this.#heal(cardId)
    }
  }

  /** Takes what happened on a board: whoever edited a description changed the text. */
  hintOf({ type, cardId }: Pick<BoardEvent, 'type' | 'cardId'>): void {
    if (CHANGE_TEXTS.includes(type) && cardId) this.#heal(cardId)
  }

  /** Failing is harmless: the next comparison asks again. */
  #heal(cardId: string): void {
    this.readOn(cardId).catch(() => {})
  }

  /** There is something new in the log; reads what is missing here. */
  async readOn(cardId: string): Promise<void> {
    const open = this.#open.get(cardId)
    if (!open || open.isReading) return
    open.isReading = true
    try {
      const stored = await readAs(this.#database, THE_HOUSE, (trx) =>
        storedText(trx, cardId, open.seq),
      )
      if (!stored || stored.seq <= open.seq) return
      unreadableUpdates.inc(applyStored(open.document, stored, FROM_LOG))
      open.size.add(stored.updates.reduce((sum, each) => sum + each.length, 0))
      open.seq = Math.max(open.seq, stored.seq)
      for (const each of open.early) if (each <= open.seq) open.early.delete(each)
    } finally {
      open.isReading = false
    }
  }

  /** Compares all open texts with the log, one statement each time, until `signal` aborts. */
  async keepComparing(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(COMPARE_EVERY_MS, undefined, { signal }).catch(() => {})
      await this.#compare().catch((error: unknown) => {
        this.#log.warn({ error }, 'could not compare the texts with Postgres')
      })
    }
  }

  async #compare(): Promise<void> {
    if (this.#open.size === 0) return
    const cardIds = [...this.#open.keys()]
    const heads = await readAs(this.#database, THE_HOUSE, (trx) => textHeads(trx, cardIds))
    const behind = [...heads].filter(([cardId, seq]) => seq > (this.#open.get(cardId)?.seq ?? seq))
    await Promise.all(behind.map(([cardId]) => this.readOn(cardId)))
  }
}
