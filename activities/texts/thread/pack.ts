import { zstdCompressSync } from 'node:zlib'
import * as Y from 'yjs'
import { type Mention, mentionsIn } from '../mentions-in.ts'
import { applyStored } from '../stored-text.ts'
import { plainText, TEXT_FIELD } from '../text-lines.ts'

/** A text as it is stored. */
export interface PackAsked {
  readonly snapshot: Uint8Array | null
  readonly updates: readonly Uint8Array[]
}

export interface Packed {
  /** All of it in Yjs' second encoding, compressed with zstd. */
  readonly snapshot: Uint8Array
  /** Its length before it was compressed. */
  readonly bytes: number
  readonly text: string
  readonly mentions: readonly Mention[]
}

/**
 * Packs a text: what was deleted is dropped, and what is left written anew. Throws unless a document
 * read from the result is the same, down to the byte when it is packed again.
 */
export function pack(asked: PackAsked): Packed {
  const doc = read(asked)
  const packed = Y.encodeStateAsUpdateV2(doc)
  const again = read({ snapshot: packed, updates: [] })
  const isSame =
    Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(again)) &&
    formOf(doc) === formOf(again) &&
    Buffer.compare(packed, Y.encodeStateAsUpdateV2(again)) === 0
  const said = { text: plainText(doc), mentions: mentionsIn(doc) }
  doc.destroy()
  again.destroy()
  if (!isSame) throw new Error('A packed text reads otherwise than it was written.')
  return { snapshot: zstdCompressSync(packed), bytes: packed.length, ...said }
}

function read(asked: PackAsked): Y.Doc {
  const doc = new Y.Doc()
  const unreadable = applyStored(doc, asked)
  if (unreadable > 0) throw new Error(`${unreadable} stored changes cannot be read.`)
  return doc
}

const formOf = (doc: Y.Doc) => doc.getXmlFragment(TEXT_FIELD).toJSON()
