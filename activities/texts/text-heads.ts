import type { Knex } from 'knex'

/** The number of the last change of each of the texts; of those that are gone for good there is none. */
export async function textHeads(
  db: Knex,
  cardIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await db('crdt_docs')
    .whereIn('card_id', [...cardIds])
    .select<{ cardId: string; seq: number }[]>({ cardId: 'card_id', seq: 'seq' })
  return new Map(rows.map(({ cardId, seq }) => [cardId, seq]))
}
