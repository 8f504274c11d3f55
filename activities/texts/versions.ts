import type { Knex } from 'knex'
import * as Y from 'yjs'
import type { TextVersion, TextVersionText } from '#core/contracts/texts.ts'
import { ask } from '#core/platform/ask.ts'
import { readPage, type OrderedList, type Page, type PageAsked } from '#core/platform/page.ts'
import { applyStored, storedText, unpacked } from './stored-text.ts'
import { plainText } from './text-lines.ts'

type Row = {
  readonly id: string
  readonly label: string | null
  readonly createdAt: Date
  readonly authorIds: string[]
  readonly keptFor: TextVersion['keptFor']
}

const SELECT = `
  select id, label, created_at as "createdAt", author_ids as "authorIds", kept_for as "keptFor"
  from crdt_history`

/** What is kept of how the text of a card was, newest first. */
export async function versionsOf(
  db: Knex,
  cardId: string,
  asked: PageAsked,
): Promise<Page<TextVersion>> {
  return await readPage(db, listOf(cardId), asked, viewOf)
}

/** A version with its words, beside those of now; undefined where the card has no such version. */
export async function versionOf(
  trx: Knex.Transaction,
  cardId: string,
  id: string,
): Promise<TextVersionText | undefined> {
  const [row] = await ask<Row>(trx, `${SELECT} where card_id = $1 and id = $2`, [cardId, id])
  const then = await versionDoc(trx, cardId, id)
  const stored = await storedText(trx, cardId)
  if (!row || !then || !stored) return undefined
  const now = new Y.Doc()
  applyStored(now, stored)
  return { ...viewOf(row), text: plainText(then), now: { seq: stored.seq, text: plainText(now) } }
}

/** A version as a document; undefined where the card has no such version. */
export async function versionDoc(db: Knex, cardId: string, id: string): Promise<Y.Doc | undefined> {
  const row = await db('crdt_history').where({ card_id: cardId, id }).first('snapshot')
  if (!row) return undefined
  const doc = new Y.Doc()
  applyStored(doc, { snapshot: await unpacked(row.snapshot), updates: [] })
  return doc
}

const viewOf = ({ id, label, createdAt, authorIds, keptFor }: Row): TextVersion => ({
  id,
  label,
  createdAt: createdAt.toISOString(),
  authorIds,
  keptFor,
})

const listOf = (cardId: string): OrderedList => ({
  sql: `${SELECT} where card_id = ?`,
  bindings: [cardId],
  key: [
    ['createdAt', 'timestamptz'],
    ['id', 'uuid'],
  ],
  direction: 'desc',
})
