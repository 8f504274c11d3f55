import type { Knex } from 'knex'

export interface Numbering {
  readonly epoch: string
  /** The number of the board's last event, once the new ones are in. */
  readonly last: number
}

/**
 * Numbers `count` new events on each board. The numbers are gapless because the boards are locked
 * until the transaction that writes the events ends.
 */
export async function takeEventNumbers(
  trx: Knex.Transaction,
  counts: ReadonlyMap<string, number>,
): Promise<Map<string, Numbering>> {
  if (counts.size === 0) return new Map()
  const { rows } = await trx.raw<{ rows: { id: string; epoch: string; event_seq: number }[] }>(
    `update boards b set event_seq = b.event_seq + v.events
     from unnest(?::uuid[], ?::int[]) as v (id, events)
     where b.id = v.id returning b.id, b.epoch, b.event_seq`,
    [[...counts.keys()], [...counts.values()]],
  )
  return new Map(rows.map((row) => [row.id, { epoch: row.epoch, last: row.event_seq }]))
}
