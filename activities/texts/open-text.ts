import type { Knex } from 'knex'
import * as Y from 'yjs'
import { appendUpdates } from './append-updates.ts'
import { lockText } from './lock-text.ts'
import { storedText, type StoredText } from './stored-text.ts'
import { changePlainText } from './text-lines.ts'

/**
 * The text of a card, which begins with its description if nobody has opened it before: once, for
 * two who open it first wait for each other here. Undefined where the card is gone for good.
 */
export async function openText(
  trx: Knex.Transaction,
  cardId: string,
): Promise<StoredText | undefined> {
  const stored = await storedText(trx, cardId)
  if (stored) return stored
  const card = await trx('cards')
    .where({ id: cardId })
    .first<{ workspaceId: string } | undefined>({ workspaceId: 'workspace_id' })
  if (!card) return undefined
  const hasBegun = await lockText(trx, { cardId, workspaceId: card.workspaceId })
  if (!hasBegun) await begin(trx, cardId)
  return await storedText(trx, cardId)
}

async function begin(trx: Knex.Transaction, cardId: string): Promise<void> {
  // Read under the lock: whoever changed it before has committed.
  const [row] = await trx('cards').where({ id: cardId }).select('description')
  await trx('crdt_docs').where({ card_id: cardId }).update({ begun: true })
  if (!row?.description) return
  const doc = new Y.Doc()
  changePlainText(doc, row.description)
  const bytes = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  await appendUpdates(trx, [{ cardId, bytes, userId: null }])
}
