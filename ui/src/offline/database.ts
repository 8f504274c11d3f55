import { Dexie, type EntityTable } from 'dexie'
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

/** What this browser keeps of the person who uses it, so that it outlives the page. */
class KeptDatabase extends Dexie {
  declare readonly commands: EntityTable<CommandRow, 'seq'>

  constructor() {
    super('projectflow')
    this.version(1).stores({ commands: '++seq, &key, [userId+tab], [userId+bytes]' })
  }
}

export const database = new KeptDatabase()
