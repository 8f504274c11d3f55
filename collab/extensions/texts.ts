import type { beforeSyncPayload, Extension, onLoadDocumentPayload } from '@hocuspocus/server'
import type { Knex } from 'knex'
import { messageYjsSyncStep1, messageYjsSyncStep2 } from 'y-protocols/sync'
import * as Y from 'yjs'
import { applyStored, openText } from '#activities/texts/queries.ts'
import { TEXT_SYNC_BYTES_MAX } from '#core/kernel/limits.ts'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import type { Log } from '#core/platform/log.ts'
import { Denied } from '../denied.ts'
import { documentName } from '../document-name.ts'
import { freshPart, Unreadable } from '../documents/fresh-part.ts'
import { TextSize } from '../documents/text-size.ts'
import { LogFull, type UpdateLog } from '../documents/update-log.ts'
import { texts as openTexts, unreadableUpdates } from '../metrics.ts'
import type { Rights } from '../rights.ts'
import type { ViewerContext } from './authenticate.ts'

interface Parts {
  readonly database: Knex
  readonly updates: UpdateLog
  readonly rights: Rights
}

type Said = beforeSyncPayload<ViewerContext>

/**
 * The texts of cards. Nothing enters one in memory, is told to others or acknowledged before it is in
 * Postgres; so whatever process dies, what a browser was told is saved is there for the next.
 */
export function texts({ database, updates, rights }: Parts, log: Log): Extension {
  const sizes = new Map<string, TextSize>()

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
      sizes.set(
        name,
        new TextSize(
          document,
          bytes.reduce((sum, each) => sum + each, 0),
        ),
      )
      openTexts.set(sizes.size)
    } catch (error) {
      // Nobody else does, and its timers would stay.
      document.destroy()
      if (error instanceof Denied) throw error
      log.warn({ error, cardId: opened.id }, 'could not open a text')
      socket.closeBecause('tryLater')
      throw new Denied('unavailable')
    }
  }

  async function store(said: Said): Promise<void> {
    const { type, payload, connection, document, context } = said
    if (context.document.kind !== 'card') return
    if (type === messageYjsSyncStep1 || connection.readOnly) return
    const isSync = type === messageYjsSyncStep2
    const fresh = freshPart(document, payload, isSync)
    if (!fresh) return
    const size = sizes.get(document.name)
    if (fresh.length > TEXT_SYNC_BYTES_MAX || !size?.admits(fresh.length)) {
      return rights.shut(connection, 'text.too_large')
    }
    const { user } = context
    await updates.append({ cardId: context.document.id, bytes: fresh, userId: user.id })
    size.add(fresh.length)
    // What is stored is shown, whatever became of the right to write meanwhile.
    Y.applyUpdate(document, fresh, { source: 'connection', connection })
  }

  return {
    onLoadDocument: load,

    /** Closes the socket, not only the document: its client then comes back and says all anew. */
    async beforeSync(said: Said) {
      try {
        await store(said)
      } catch (error) {
        said.context.socket.closeBecause(whyClosed(error))
        log.warn({ error, document: said.documentName }, 'a change of a text was not stored')
        throw new Denied('not-stored')
      }
    },

    /** Whoever opens it next must not read before what is on its way is there. */
    async beforeUnloadDocument({ documentName: name }) {
      const opened = documentName(name)
      if (opened?.kind === 'card' && updates.isWriting(opened.id)) await updates.flush()
    },

    async afterUnloadDocument({ documentName: name }) {
      sizes.delete(name)
      openTexts.set(sizes.size)
    },
  }
}

function whyClosed(error: unknown): 'tryLater' | 'notReadable' | 'notStored' {
  if (error instanceof LogFull) return 'tryLater'
  return error instanceof Unreadable ? 'notReadable' : 'notStored'
}
