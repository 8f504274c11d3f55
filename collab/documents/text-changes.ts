import { IncomingMessage, MessageType, type Connection } from '@hocuspocus/server'
import { messageYjsUpdate } from 'y-protocols/sync'
import { TEXT_SYNC_BYTES_MAX } from '#core/kernel/limits.ts'
import type { ViewerContext } from '../extensions/authenticate.ts'
import type { SocketContext } from '../gateway.ts'
import type { Rights } from '../rights.ts'
import { freshPart } from './fresh-part.ts'
import type { OpenTexts } from './open-texts.ts'
import type { UpdateLog } from './update-log.ts'

type ViewerSocket = SocketContext['socket']

interface Parts {
  readonly updates: UpdateLog
  readonly open: OpenTexts
  readonly rights: Rights
}

/**
 * Stores the changes people send, from the moment they arrive. Hocuspocus handles the messages of one
 * connection one after the other, each until it is stored: who types faster than Postgres commits would
 * fall behind further and further.
 */
export class TextChanges {
  readonly #parts: Parts
  readonly #writers = new WeakMap<ViewerSocket, Map<string, Connection>>()
  /** By the memory of the message they came in. */
  readonly #begun = new WeakMap<ArrayBufferLike, Promise<void>>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** From now on what comes over this connection is stored when it arrives. */
  connected(connection: Connection<ViewerContext>): void {
    const { socket } = connection.context
    const writers = this.#writers.get(socket) ?? new Map<string, Connection>()
    this.#writers.set(socket, writers.set(connection.messageAddress, connection))
    connection.onClose(() => writers.delete(connection.messageAddress))
  }

  /** Begins to store what a message brings, if it is a change. How that ends is heard in its turn. */
  arrived(socket: ViewerSocket, bytes: Uint8Array): void {
    const writers = this.#writers.get(socket)
    const change = writers && changeIn(bytes)
    const connection = change && writers.get(change.address)
    if (!connection || connection.readOnly) return
    const stored = this.#store(connection, change.payload, false)
    stored.catch(() => {})
    this.#begun.set(bytes.buffer, stored)
  }

  /** Resolves when what somebody sent is stored, or need not be; rejects when it could not be. */
  async stored(connection: Connection, payload: Uint8Array, isSync: boolean): Promise<void> {
    await (this.#begun.get(payload.buffer) ?? this.#store(connection, payload, isSync))
  }

  async #store(connection: Connection, payload: Uint8Array, isSync: boolean): Promise<void> {
    const { updates, open, rights } = this.#parts
    const { document, user } = connection.context as ViewerContext
    if (document.kind !== 'card') return
    const { id: cardId } = document
    const fresh = freshPart(connection.document, payload, isSync)
    if (!fresh) return
    if (fresh.length > TEXT_SYNC_BYTES_MAX || !open.admits(cardId, fresh.length)) {
      return rights.shut(connection, 'text.too_large')
    }
    const seq = await updates.append({ cardId, bytes: fresh, userId: user.id })
    // What is stored is shown, whatever became of the connection or its rights meanwhile.
    open.apply(cardId, seq, fresh, { source: 'connection', connection })
  }
}

/** The change a message brings, with the address it names; null when it is another message. */
function changeIn(bytes: Uint8Array): { address: string; payload: Uint8Array } | null {
  try {
    const message = new IncomingMessage(bytes)
    const address = message.readVarString()
    const type: number = message.readVarUint()
    if (type !== MessageType.Sync || message.readVarUint() !== messageYjsUpdate) return null
    return { address, payload: message.readVarUint8Array() }
  } catch {
    return null
  }
}
