import { Dexie, type EntityTable, type Table } from 'dexie'
import type { Id } from '#core/kernel/ids.ts'

/** A command as it lies in the browser until the server has answered it. */
export interface CommandRow {
  /** Given by the storage: commands go out in the order in which they were given. */
  seq: number
  /** The Idempotency-Key it is sent with. */
  readonly key: Id
  readonly userId: Id
  /** The tab that sends it. */
  readonly tab: Id
  readonly bytes: number
  readonly json: string
}

/** An answer of the API, for showing it while the server is away. */
export interface ReadRow {
  readonly userId: Id
  /** Below /api/v1. */
  readonly path: string
  /** The first word of the path: of each kind a number is kept. */
  readonly kind: string
  /** What it goes away with: a board's project, a card's board. */
  readonly home: string
  readonly seenAt: number
  readonly value: unknown
}

/** What this browser keeps of the person who uses it, so that it outlives the page. */
class KeptDatabase extends Dexie {
  declare readonly commands: EntityTable<CommandRow, 'seq'>
  declare readonly reads: Table<ReadRow, [Id, string]>

  constructor() {
    super('projectflow')
    this.version(1).stores({
      commands: '++seq, &key, [userId+tab], [userId+bytes]',
      reads: '[userId+path], [userId+kind+seenAt], [userId+kind+home]',
    })
  }
}

export const database = new KeptDatabase()
