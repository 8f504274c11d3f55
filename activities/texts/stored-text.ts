import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import type { Knex } from 'knex'
import * as Y from 'yjs'
import { ask } from '#core/platform/ask.ts'

/** What Postgres has of a text beyond a number its reader knows already. */
export interface StoredText {
  /** The number of the last update that is in here. */
  readonly seq: number
  /** That of the last update which is in the snapshot. */
  readonly snapshotSeq: number
  /** Of Yjs' second encoding; null when the reader knows what it holds. */
  readonly snapshot: Uint8Array | null
  /** Of Yjs' first encoding, in order. */
  readonly updates: readonly Uint8Array[]
}

type Head = { readonly seq: number; readonly snapshotSeq: number; readonly snapshot: Buffer | null }

/** With a limit, for packed bytes can be made to unpack into all memory there is. */
const UNPACKED_BYTES_MAX = 64 * 1024 * 1024
const unzip = promisify(zstdDecompress)

const HEAD = `
  select seq, snapshot_seq as "snapshotSeq",
    case when snapshot_seq > $2::bigint then snapshot end as snapshot
  from crdt_docs where card_id = $1 and begun`
const UPDATES = `
  select seq, bytes from crdt_updates where card_id = $1 and seq > $2 order by seq`

/** So often at most a text is packed while it is read; more often, and changes are missing. */
const TRIES_MAX = 5

/** Undefined where the text of the card has not begun. Throws when changes are missing. */
export async function storedText(
  trx: Knex.Transaction,
  cardId: string,
  knownSeq = 0,
  triesLeft = TRIES_MAX,
): Promise<StoredText | undefined> {
  const [head] = await ask<Head>(trx, HEAD, [cardId, knownSeq])
  if (!head) return undefined
  const from = Math.max(head.snapshotSeq, knownSeq)
  const rows = await ask<{ seq: number; bytes: Buffer }>(trx, UPDATES, [cardId, from])
  // Packed between the two statements: what is missing in front is in the snapshot by now.
  const isWhole = (rows[0]?.seq ?? head.seq + 1) <= from + 1
  if (!isWhole) {
    if (triesLeft === 1) throw new Error(`The text of card ${cardId} lacks changes after ${from}.`)
    return await storedText(trx, cardId, knownSeq, triesLeft - 1)
  }
  return {
    seq: rows.at(-1)?.seq ?? Math.max(head.seq, knownSeq),
    snapshotSeq: head.snapshotSeq,
    snapshot: head.snapshot && (await unpacked(head.snapshot)),
    updates: rows.map(({ bytes }) => bytes),
  }
}

export async function unpacked(snapshot: Buffer): Promise<Uint8Array> {
  return await unzip(snapshot, { maxOutputLength: UNPACKED_BYTES_MAX })
}

/**
 * Brings a document to what is stored, in one go: one by one, thousands of updates take seconds.
 * Answers how many of them could not be read; the others count all the same.
 */
export function applyStored(
  doc: Y.Doc,
  { snapshot, updates }: Pick<StoredText, 'snapshot' | 'updates'>,
  origin?: unknown,
): number {
  let unreadable = 0
  const tried = (apply: () => void) => {
    try {
      apply()
    } catch {
      unreadable += 1
    }
  }
  doc.transact(() => {
    if (snapshot) tried(() => Y.applyUpdateV2(doc, snapshot, origin))
    for (const update of updates) tried(() => Y.applyUpdate(doc, update, origin))
  }, origin)
  return unreadable
}
