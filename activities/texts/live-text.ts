import type { Knex } from 'knex'
import * as Y from 'yjs'
import { appendUpdates } from './append-updates.ts'
import { lockText } from './lock-text.ts'
import { applyStored, storedText } from './stored-text.ts'
import { markTold } from './tell-text.ts'
import { changePlainText, plainText } from './text-lines.ts'

/** A text that people have opened, kept to the transaction that wants to change it. */
export interface LiveText {
  /** What it says now, which the card's description may not tell yet. */
  readonly text: string
  /** Makes it say something else, as one more change behind all others. */
  change(text: string, userId: string): Promise<void>
}

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
  return {
    text: plainText(doc),
    async change(text, userId) {
      const before = Y.encodeStateVector(doc)
      changePlainText(doc, text)
      const bytes = Y.encodeStateAsUpdate(doc, before)
      const [seq] = await appendUpdates(trx, [{ cardId, bytes, userId }])
      // The edit writes the description itself.
      if (plainText(doc) === text) await markTold(trx, cardId, seq!)
    },
  }
}
