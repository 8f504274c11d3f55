import { IncomingMessage } from '@hocuspocus/server'
import * as Y from 'yjs'

export type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number]

/** Bytes that are no change of a text. */
export class Unreadable extends Error {}

/** A change of a text, read. */
export interface Change {
  readonly bytes: Uint8Array
  /** What it brings, by the client that made it. */
  readonly structs: ReadonlyMap<number, readonly Struct[]>
  /** Up to where it brings what each client made. */
  readonly ends: ReadonlyMap<number, number>
  readonly deletes: ReturnType<typeof Y.decodeUpdate>['ds']
}

/** Two bytes say that nothing was inserted and nothing deleted. */
const EMPTY_BYTES = 2

/**
 * What of a change a document does not hold yet, in memory of its own; null when it holds it all.
 * Who comes back sends all it has, of which little is new.
 */
export function freshChange(doc: Y.Doc, bytes: Uint8Array, isSync: boolean): Change | null {
  try {
    const part = isSync ? Y.diffUpdate(bytes, Y.encodeStateVector(doc)) : bytes
    if (part.length <= EMPTY_BYTES) return null
    if (isSync && Y.snapshotContainsUpdate(Y.snapshot(doc), part)) return null
    return readChange(part.slice())
  } catch (error) {
    throw new Unreadable('That is no change of a text.', { cause: error })
  }
}

/** Throws where the bytes are none: what cannot be read now could not be when the text is opened, either. */
export function readChange(bytes: Uint8Array): Change {
  const { structs, ds: deletes } = Y.decodeUpdate(bytes)
  const byClient = Map.groupBy(structs, ({ id }) => id.client)
  // Yjs would take what a client made only from the last place it stands in.
  if (new IncomingMessage(bytes).readVarUint() !== byClient.size) {
    throw new Unreadable('What a client made stands in one place.')
  }
  const ends = new Map<number, number>()
  for (const [client, some] of byClient) ends.set(client, endOf(some.at(-1)!))
  return { bytes, structs: byClient, ends, deletes }
}

const endOf = ({ id, length }: Struct): number => id.clock + length

export const isId = (of: unknown): of is Y.ID => of instanceof Y.ID
