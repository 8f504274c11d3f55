import { IncomingMessage, MessageType, type Connection } from '@hocuspocus/server'
import { messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import { TEXT_DEPTH_MAX, TEXT_SYNC_BYTES_MAX } from '#core/kernel/limits.ts'
import type { ViewerContext } from '../extensions/authenticate.ts'
import type { SocketContext } from '../gateway.ts'
import type { Rights } from '../rights.ts'
import { freshChange, Unreadable, type Change } from './change.ts'
import { depthOf } from './depth-of.ts'
import type { OpenTexts } from './open-texts.ts'
import type { UpdateLog } from './update-log.ts'
import { isWhole, wholePart } from './whole-part.ts'

type ViewerSocket = SocketContext['socket']

/** Something before it on the same connection was not stored. */
class Broken extends Error {}

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
  /** By the memory of the message they came in; whether each was taken. */
  readonly #begun = new WeakMap<ArrayBufferLike, Promise<boolean>>()
  /** What each connection has sent that is not stored yet, in its order. */
  readonly #onTheirWay = new WeakMap<Connection, readonly Change[]>()
  /** Of these something could not be stored; what they sent behind it may build on that. */
  readonly #broken = new WeakSet<Connection>()
  readonly #refused = new WeakSet<Connection>()
  /** These sent all they have once, of which a part hangs on nothing. */
  readonly #inPart = new WeakSet<Connection>()

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
    const stored = this.#store(connection, change.payload, change.isSync)
    stored.catch(() => {})
    this.#begun.set(bytes.buffer, stored)
  }

  /**
   * Resolves when what somebody sent is stored, need not be, or is to be refused; rejects when it
   * could not be stored.
   */
  async stored(connection: Connection, payload: Uint8Array, isSync: boolean): Promise<void> {
    const begun = this.#begun.get(payload.buffer) ?? this.#store(connection, payload, isSync)
    if ((await begun) || connection.readOnly) return
    connection.readOnly = true
    this.#refused.add(connection)
  }

  /** A message has been answered. Whose change was refused is asked for all they have. */
  answered(connection: Connection): void {
    if (!this.#refused.delete(connection)) return
    connection.readOnly = false
    this.#parts.rights.askForAll(connection)
  }

  /** Answers false for a change that builds on what is not here. */
  async #store(connection: Connection, payload: Uint8Array, isSync: boolean): Promise<boolean> {
    if (this.#broken.has(connection)) throw new Broken()
    const { document: doc, context } = connection
    const { document, user } = context as ViewerContext
    if (document.kind !== 'card') return true
    const change = freshChange(doc, payload, isSync)
    if (!change) return true
    const before = this.#onTheirWay.get(connection) ?? []
    const by = { connection, before, cardId: document.id, userId: user.id }
    if (isWhole(doc, before, change)) await this.#append(change, by)
    else if (isSync) await this.#appendPart(change, payload, by)
    else return false
    return true
  }

  /** Of all that somebody has, what hangs on nothing is not seen by themselves: it is left out. */
  async #appendPart(change: Change, payload: Uint8Array, by: By): Promise<void> {
    const { connection, before } = by
    // Finding it is dear, and who was told once that it is stored has no reason to send it again.
    if (this.#inPart.has(connection)) throw new Unreadable('It builds on what is not there.')
    this.#inPart.add(connection)
    const part = wholePart(connection.document, before, change)
    if (part) await this.#append(part, by)
    // Empty now: Hocuspocus would bring all of it into the document.
    payload.fill(0)
  }

  async #append(change: Change, { connection, before, cardId, userId }: By): Promise<void> {
    const { updates, open, rights } = this.#parts
    const { bytes } = change
    const bytesBefore = before.reduce((sum, each) => sum + each.bytes.length, 0)
    const isTooLarge =
      bytes.length > TEXT_SYNC_BYTES_MAX ||
      !open.admits(cardId, bytesBefore + bytes.length) ||
      depthOf(connection.document, before, change) > TEXT_DEPTH_MAX
    if (isTooLarge) return rights.shut(connection, 'text.too_large')
    this.#onTheirWay.set(connection, [...before, change])
    try {
      const seq = await updates.append({ cardId, bytes, userId })
      // What is stored is shown, whatever became of the connection or its rights meanwhile.
      open.apply(cardId, seq, bytes, { source: 'connection', connection })
    } catch (error) {
      this.#broken.add(connection)
      throw error
    } finally {
      const left = this.#onTheirWay.get(connection)!.filter((each) => each !== change)
      this.#onTheirWay.set(connection, left)
    }
  }
}

/** Who sends a change, and what they have sent before that is on its way. */
interface By {
  readonly connection: Connection
  readonly before: readonly Change[]
  readonly cardId: string
  readonly userId: string
}

interface Sent {
  readonly address: string
  readonly payload: Uint8Array
  /** Whether it is all a viewer has, and not one change. */
  readonly isSync: boolean
}

/** The change a message brings, with the address it names; null when it is another message. */
function changeIn(bytes: Uint8Array): Sent | null {
  try {
    const message = new IncomingMessage(bytes)
    const address = message.readVarString()
    const type: number = message.readVarUint()
    if (type !== MessageType.Sync && type !== MessageType.SyncReply) return null
    const step = message.readVarUint()
    if (step !== messageYjsUpdate && step !== messageYjsSyncStep2) return null
    return { address, payload: message.readVarUint8Array(), isSync: step === messageYjsSyncStep2 }
  } catch {
    return null
  }
}
