import type { Knex } from 'knex'

/** The numbering of each board's events and how far it has come. */
export async function boardHeads(
  db: Knex,
  boardIds: readonly string[],
): Promise<Map<string, { epoch: string; offset: number }>> {
  const rows = await db('boards')
    .select('id', 'epoch', 'event_seq')
    .whereRaw('id = any(?)', [[...boardIds]])
  return new Map(
    rows.map((row: { id: string; epoch: string; event_seq: number }) => [
      row.id,
      { epoch: row.epoch, offset: row.event_seq },
    ]),
  )
}
