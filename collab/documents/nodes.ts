import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Id } from '#core/contracts/fields.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Log } from '#core/platform/log.ts'

/** More goes by way of Postgres: Redis is to hurry, not to carry. */
const TOLD_BYTES_MAX = 256 * 1024

const Bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
const Stored = z.object({ cardId: Id, seq: z.int(), bytes: Bytes.nullable() })
const Message = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stored'), node: Id, changes: z.array(Stored) }),
  z.object({ kind: z.literal('presence'), node: Id, name: z.string(), bytes: Bytes }),
  z.object({ kind: z.literal('evicted'), node: Id, socketIds: z.array(Id) }),
  z.object({ kind: z.literal('online'), node: Id, workspaceId: Id }),
])

/** A change that is in the log by now; without its bytes where they are too many to be told. */
export type StoredChange = z.infer<typeof Stored>

/** What one process hears of the others. */
export interface NodeEars {
  stored(changes: readonly StoredChange[]): void
  presence(name: string, bytes: Uint8Array): void
  evicted(socketIds: readonly string[]): void
  online(workspaceId: string): void
}

/**
 * What the processes of collab tell each other over Redis, so that it is everywhere at once. Whatever
 * is lost on the way is found in Postgres soon after, so nobody waits for it.
 */
export class Nodes {
  readonly #redis: Redis
  readonly #channel: string
  readonly #log: Log
  readonly #node = newId()

  constructor(redis: Redis, channel: string, log: Log) {
    this.#redis = redis
    this.#channel = channel
    this.#log = log
  }

  tellStored(changes: readonly { cardId: string; seq: number; bytes: Uint8Array }[]): void {
    const told = changes.map(({ bytes, ...change }) => ({
      ...change,
      bytes: bytes.length > TOLD_BYTES_MAX ? null : text(bytes),
    }))
    this.#tell({ kind: 'stored', changes: told })
  }

  tellPresence(name: string, bytes: Uint8Array): void {
    this.#tell({ kind: 'presence', name, bytes: text(bytes) })
  }

  tellEvicted(socketIds: readonly string[]): void {
    this.#tell({ kind: 'evicted', socketIds })
  }

  tellOnline(workspaceId: string): void {
    this.#tell({ kind: 'online', workspaceId })
  }

  /** Takes what came over Redis, but for what this process said itself. */
  hear(message: string, ears: NodeEars): void {
    try {
      const said = Message.parse(JSON.parse(message))
      if (said.node === this.#node) return
      if (said.kind === 'stored') ears.stored(said.changes)
      else if (said.kind === 'online') ears.online(said.workspaceId)
      else if (said.kind === 'evicted') ears.evicted(said.socketIds)
      else ears.presence(said.name, said.bytes)
    } catch (error) {
      this.#log.error({ error }, 'another process of collab says what cannot be read')
    }
  }

  #tell(what: object): void {
    const message = JSON.stringify({ ...what, node: this.#node })
    this.#redis.publish(this.#channel, message).catch((error: unknown) => {
      this.#log.debug({ error }, 'the other processes of collab were not told')
    })
  }
}

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
