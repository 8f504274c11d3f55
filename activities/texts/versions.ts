import type { Knex } from 'knex'
import * as Y from 'yjs'
import type { TextVersion, TextVersionText } from '#core/contracts/texts.ts'
import { readPage, type OrderedList, type Page, type PageAsked } from '#core/platform/page.ts'
import { applyStored, unpacked } from './stored-text.ts'
import { plainText } from './text-lines.ts'

interface Row {
  readonly id: string
  readonly label: string | null
  readonly createdAt: Date
}

/** What is kept of how the text of a card was, newest first. */
export async function versionsOf(
  db: Knex,
  cardId: string,
  asked: PageAsked,
): Promise<Page<TextVersion>> {
  return await readPage(db, listOf(cardId), asked, viewOf)
}

/** A version with its words; undefined where the card has no such version. */
export async function versionOf(
  db: Knex,
  cardId: string,
  id: string,
): Promise<TextVersionText | undefined> {
  const row = await db('crdt_history')
    .where({ card_id: cardId, id })
    .first<(Row & { snapshot: Buffer }) | undefined>({
      id: 'id',
      label: 'label',
      createdAt: 'created_at',
      snapshot: 'snapshot',
    })
  if (!row) return undefined
  const doc = new Y.Doc()
  applyStored(doc, { snapshot: await unpacked(row.snapshot), updates: [] })
  return { ...viewOf(row), text: plainText(doc) }
}

const viewOf = ({ id, label, createdAt }: Row): TextVersion => ({
  id,
  label,
  createdAt: createdAt.toISOString(),
})

const listOf = (cardId: string): OrderedList => ({
  sql: `select id, label, created_at as "createdAt" from crdt_history where card_id = ?`,
  bindings: [cardId],
  key: [
    ['createdAt', 'timestamptz'],
    ['id', 'uuid'],
  ],
  direction: 'desc',
})
