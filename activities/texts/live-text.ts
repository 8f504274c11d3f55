import { promisify } from 'node:util'
import { zstdCompress } from 'node:zlib'
import type { Knex } from 'knex'
import * as Y from 'yjs'
import { appendUpdates } from './append-updates.ts'
import { bringTo } from './bring-to.ts'
import { keepVersion } from './keep-version.ts'
import { lockText } from './lock-text.ts'
import { applyStored, storedText } from './stored-text.ts'
import { markTold } from './tell-text.ts'
import { changePlainText, plainText } from './text-lines.ts'

/** A text that people have opened, kept to the transaction that wants to change it. */
export interface LiveText {
  /** What it says now, which the card's description may not tell yet. */
  readonly text: string
  /** The number of its last change. */
  readonly seq: number
  /** Makes it say something else, as one more change behind all others. */
  change(text: string, userId: string): Promise<void>
  /**
   * Makes it what it was in a version, likewise; what it is now is kept as a version, whose id is
   * answered, with what the text says then and the number of the change.
   */
  restore(version: Y.Doc, userId: string): Promise<Restored>
}

interface Restored {
  readonly beforeId: string
  readonly text: string
  readonly seq: number
}

const zip = promisify(zstdCompress)

type Of = { readonly cardId: string; readonly workspaceId: string }

/**
 * The text of a card for an edit of its description; null as long as nobody has opened it, and nobody
 * will before the transaction ends. The card is locked already.
 */
export async function liveText(trx: Knex.Transaction, of: Of): Promise<LiveText | null> {
  if (!(await lockText(trx, of))) return null
  const { cardId } = of
  const stored = (await storedText(trx, cardId))!
  const doc = new Y.Doc()
  applyStored(doc, stored)

  async function write(change: () => void, userId: string): Promise<number> {
    const before = Y.encodeStateVector(doc)
    change()
    const bytes = Y.encodeStateAsUpdate(doc, before)
    const [seq] = await appendUpdates(trx, [{ cardId, bytes, userId }])
    return seq!
  }

  return {
    text: plainText(doc),
    seq: stored.seq,
    async change(text, userId) {
      const seq = await write(() => changePlainText(doc, text), userId)
      // The edit writes the description itself.
      if (plainText(doc) === text) await markTold(trx, cardId, seq)
    },
    async restore(version, userId) {
      const snapshot = await zip(Y.encodeStateAsUpdateV2(doc))
      const now = { ...of, seq: stored.seq, snapshot, keptFor: 'restore' } as const
      const beforeId = await keepVersion(trx, now)
      const seq = await write(() => bringTo(doc, version), userId)
      await markTold(trx, cardId, seq)
      return { beforeId, text: plainText(doc), seq }
    },
  }
}
