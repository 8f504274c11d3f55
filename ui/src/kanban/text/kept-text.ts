import { IndexeddbPersistence, storeState } from 'y-indexeddb'
import type { Doc } from 'yjs'
import type { Id } from '#core/kernel/ids.ts'
import { within } from '#core/kernel/within.ts'
import { databaseOf } from './forget-texts.ts'

/** A browser that does not answer must not keep anybody from the text. */
const READ_LIMIT_MS = 1_000
/** A storage that does not answer by then is none. */
const WRITE_LIMIT_MS = 2_000
const HEARD_AT = 'heardAt'
const WRITTEN_AT = 'writtenAt'

export interface KeptText {
  /** Whether this browser has the text as the server told it at some time; read into the document. */
  readonly known: Promise<boolean>
  /** All that this browser has of the text is in the document, however long that took. */
  readonly read: Promise<unknown>
  /** The document has what the server has: keeps it as one piece, and knows it from now on. */
  heard(): Promise<void>
  /** Whether what is written outlives the page: a browser may let it keep nothing. */
  holds(): Promise<boolean>
  close(): Promise<void>
}

/** Keeps the text of a card in this browser, for when there is no network. */
export function keepText(userId: Id, cardId: Id, doc: Doc): KeptText {
  const kept = new IndexeddbPersistence(databaseOf(userId, cardId), doc)
  // Once another page has it deleted, writing to it would throw in the midst of each change.
  kept._db.then(
    (database) => database.addEventListener('versionchange', () => void kept.destroy()),
    () => {},
  )
  const known = kept.whenSynced.then(async () => (await kept.get(HEARD_AT)) !== undefined)
  const late = new Promise<false>((resolve) => setTimeout(resolve, READ_LIMIT_MS, false))
  return {
    known: Promise.race([known, late]).catch(() => false),
    read: kept.whenSynced,
    heard: async () => {
      await kept.set(HEARD_AT, Date.now())
      // Each opening would add another whole copy otherwise.
      await storeState(kept, true)
    },
    holds: async () =>
      await within(kept.set(WRITTEN_AT, Date.now()), WRITE_LIMIT_MS).then(
        () => true,
        () => false,
      ),
    close: async () => await kept.destroy(),
  }
}
