import { IncomingMessage, MessageType, type Connection } from '@hocuspocus/server'
import { messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'
import type { ViewerContext } from '../extensions/authenticate.ts'
import type { SocketContext } from '../gateway.ts'
import { OnTheirWay } from './on-their-way.ts'
import { Rarely } from './rarely.ts'
import { TextWriter, type WriterParts } from './text-writer.ts'

type ViewerSocket = SocketContext['socket']

/**
 * Stores the changes people send, from the moment they arrive. Hocuspocus handles the messages of one
 * connection one after the other, each until it is stored: who types faster than Postgres commits would
 * fall behind further and further.
 */
export class TextChanges {
  readonly #parts: WriterParts
  readonly #connections = new WeakMap<ViewerSocket, Map<string, Connection>>()
  readonly #writers = new WeakMap<Connection, TextWriter>()
  /** By the memory of the message they came in; whether each was taken. */
  readonly #begun = new WeakMap<ArrayBufferLike, Promise<boolean>>()
  readonly #refused = new WeakSet<Connection>()
  /** Whose next message of all they have is on its way. */
  readonly #asked = new WeakSet<Connection>()

  constructor(parts: Omit<WriterParts, 'onTheirWay' | 'rarely'>) {
    this.#parts = { ...parts, onTheirWay: new OnTheirWay(), rarely: new Rarely() }
  }

  /** From now on what comes over this connection is stored when it arrives. */
  connected(connection: Connection<ViewerContext>): void {
    const { socket } = connection.context
    const connections = this.#connections.get(socket) ?? new Map<string, Connection>()
    this.#connections.set(socket, connections.set(connection.messageAddress, connection))
    connection.onClose(() => connections.delete(connection.messageAddress))
  }

  /** Begins to store what a message brings, if it is a change. How that ends is heard in its turn. */
  arrived(socket: ViewerSocket, bytes: Uint8Array): void {
    const connections = this.#connections.get(socket)
    const change = connections && changeIn(bytes)
    const connection = change && connections.get(change.address)
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
    if (isSync) this.#asked.delete(connection)
    const begun = this.#begun.get(payload.buffer) ?? this.#store(connection, payload, isSync)
    if ((await begun) || connection.readOnly) return
    connection.readOnly = true
    this.#refused.add(connection)
  }

  /** A message has been answered. Whose change was refused is asked for all they have. */
  answered(connection: Connection): void {
    if (!this.#refused.delete(connection)) return
    connection.readOnly = false
    if (this.#asked.has(connection)) return
    this.#asked.add(connection)
    this.#parts.rights.askForAll(connection)
  }

  async #store(connection: Connection, payload: Uint8Array, isSync: boolean): Promise<boolean> {
    if ((connection.context as ViewerContext).document.kind !== 'card') return true
    const writer = this.#writers.get(connection) ?? new TextWriter(connection, this.#parts)
    this.#writers.set(connection, writer)
    return await writer.store(payload, isSync)
  }
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
