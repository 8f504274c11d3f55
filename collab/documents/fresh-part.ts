import * as Y from 'yjs'

/** Bytes that are no change of a text. */
export class Unreadable extends Error {}

/** Two bytes say that nothing was inserted and nothing deleted. */
const EMPTY_BYTES = 2

/**
 * What of a change a document does not hold yet, in memory of its own; null when it holds it all.
 * Who comes back sends all it has, of which little is new.
 */
export function freshPart(doc: Y.Doc, bytes: Uint8Array, isSync: boolean): Uint8Array | null {
  try {
    const part = isSync ? Y.diffUpdate(bytes, Y.encodeStateVector(doc)) : bytes
    // What cannot be read here could not be read when the text is opened, either.
    Y.decodeUpdate(part)
    if (part.length <= EMPTY_BYTES) return null
    if (isSync && Y.snapshotContainsUpdate(Y.snapshot(doc), part)) return null
    return part.slice()
  } catch (error) {
    throw new Unreadable('That is no change of a text.', { cause: error })
  }
}
