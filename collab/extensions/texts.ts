import type {
  beforeSyncPayload,
  Connection,
  Extension,
  onLoadDocumentPayload,
} from '@hocuspocus/server'
import type { Knex } from 'knex'
import { messageYjsSyncStep1, messageYjsSyncStep2 } from 'y-protocols/sync'
import { applyStored, openText } from '#activities/texts/queries.ts'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import type { Log } from '#core/platform/log.ts'
import { Denied } from '../denied.ts'
import { documentName } from '../document-name.ts'
import { Unreadable } from '../documents/change.ts'
import type { OpenTexts } from '../documents/open-texts.ts'
import { TooSoon } from '../documents/rarely.ts'
import type { TextChanges } from '../documents/text-changes.ts'
import { LogFull, type UpdateLog } from '../documents/update-log.ts'
import { unreadableUpdates } from '../metrics.ts'
import type { ViewerContext } from './authenticate.ts'

interface Parts {
  readonly database: Knex
  readonly updates: UpdateLog
  readonly open: OpenTexts
  readonly changes: TextChanges
}

type Said = beforeSyncPayload<ViewerContext>

/**
 * The texts of cards. Nothing enters one in memory, is told to others or acknowledged before it is in
 * Postgres; so whatever process dies, what a browser was told is saved is there for the next.
 */
export function texts({ database, updates, open, changes }: Parts, log: Log): Extension {
  async function load({ document, documentName: name, context }: onLoadDocumentPayload) {
    const opened = documentName(name)
    if (opened?.kind !== 'card') return
    const { socket } = context as ViewerContext
    try {
      const stored = await writeAs(database, THE_HOUSE, (trx) => openText(trx, opened.id))
      if (!stored) throw new Denied('not-found')
      const unreadable = applyStored(document, stored, { source: 'local', skipStoreHooks: true })
      const { pendingStructs } = document.store
      if (unreadable > 0 || pendingStructs) {
        unreadableUpdates.inc(unreadable)
        log.error({ cardId: opened.id, unreadable }, 'a stored text has holes')
      }
      const bytes = [stored.snapshot, ...stored.updates].map((each) => each?.length ?? 0)
      const sum = bytes.reduce((total, each) => total + each, 0)
      open.add(opened.id, document, stored.seq, sum)
    } catch (error) {
      // Nobody else does, and its timers would stay.
      document.destroy()
      if (error instanceof Denied) throw error
      log.warn({ error, cardId: opened.id }, 'could not open a text')
      socket.closeBecause('tryLater')
      throw new Denied('unavailable')
    }
  }

  return {
    onLoadDocument: load,

    async connected({ connection }) {
      changes.connected(connection as Connection<ViewerContext>)
    },

    /** Closes the socket, not only the document: its client then comes back and says all anew. */
    async beforeSync(said: Said) {
      const { type, payload, connection } = said
      if (type === messageYjsSyncStep1 || connection.readOnly) return
      try {
        await changes.stored(connection, payload, type === messageYjsSyncStep2)
      } catch (error) {
        said.context.socket.closeBecause(whyClosed(error))
        log.warn({ error, document: said.documentName }, 'a change of a text was not stored')
        throw new Denied('not-stored')
      }
    },

    async afterHandleMessage({ connection }) {
      changes.answered(connection)
    },

    /** Whoever opens it next must not read before what is on its way is there. */
    async beforeUnloadDocument({ documentName: name }) {
      const opened = documentName(name)
      if (opened?.kind === 'card') await updates.written(opened.id)
    },

    async afterUnloadDocument({ documentName: name }) {
      const closed = documentName(name)
      if (closed?.kind === 'card') open.delete(closed.id)
    },
  }
}

function whyClosed(error: unknown): 'tryLater' | 'notReadable' | 'notStored' {
  if (error instanceof LogFull || error instanceof TooSoon) return 'tryLater'
  return error instanceof Unreadable ? 'notReadable' : 'notStored'
}
