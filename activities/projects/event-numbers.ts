import type { Knex } from 'knex'
import { ask } from '#core/platform/ask.ts'
import type { Locks } from '#core/platform/handler.ts'
import { boardAtHand } from './locked-boards.ts'

export interface Numbering {
  readonly epoch: string
  /** The number of the board's last event, once the new ones are in. */
  readonly last: number
}

type Numbered = { id: string; epoch: string; event_seq: number }

const COUNT_ON = `
  update boards b set event_seq = b.event_seq + v.events
  from unnest($1::uuid[], $2::int[]) as v (id, events) where b.id = v.id`

/**
 * Numbers `count` new events on each board. The numbers are gapless because the boards are locked
 * until the transaction that writes the events ends; so those of boards at hand are known before
 * the server has `counted` them.
 */
export async function takeEventNumbers(
  trx: Knex.Transaction,
  locks: Locks,
  counts: ReadonlyMap<string, number>,
): Promise<{ numbers: Map<string, Numbering>; counted: Promise<unknown> }> {
  if (counts.size === 0) return { numbers: new Map(), counted: Promise.resolve() }
  const values = [[...counts.keys()], [...counts.values()]]
  const known = ofLocked(locks, counts)
  if (known) return { numbers: known, counted: ask(trx, COUNT_ON, values) }
  const returning = `${COUNT_ON} returning b.id, b.epoch, b.event_seq`
  const rows = await ask<Numbered>(trx, returning, values)
  const numbers = new Map(rows.map((row) => [row.id, { epoch: row.epoch, last: row.event_seq }]))
  return { numbers, counted: Promise.resolve() }
}

/** Undefined when one of the boards was made, or dropped, since the batch locked its boards. */
function ofLocked(locks: Locks, counts: ReadonlyMap<string, number>) {
  const known = new Map<string, Numbering>()
  for (const [id, count] of counts) {
    const board = boardAtHand(locks, id)
    if (board?.epoch === undefined || board.eventSeq === undefined) return undefined
    known.set(id, { epoch: board.epoch, last: board.eventSeq + count })
  }
  return known
}
