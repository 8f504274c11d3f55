import type { Knex } from 'knex'
import type { ActionBody } from '#core/contracts/actions.ts'
import type { Command } from '#core/contracts/command.ts'
import { ask } from '#core/platform/ask.ts'
import { kept, type Locks } from '#core/platform/handler.ts'
import type { Card } from './card.ts'

/** A card with a place in a column, as far as its end is concerned. */
interface Placed {
  readonly id: string
  readonly rank: string
}

type EndRow = { column_id: string; id: string; rank: string }

const ENDS = Symbol('ends')
/** The card that moves is none of its own neighbours, so two tell which is the last of the others. */
const ROWS = 2

const LAST_ROWS = `
  select v.id as column_id, last.id, last.rank
  from unnest($1::uuid[]) as v (id) cross join lateral (
    select id, rank from cards
    where column_id = v.id and archived_at is null and deleted_at is null
    order by rank desc limit ${ROWS}
  ) last`

/** The last cards of columns, last first, so far as the batch knows them. */
const ends = (locks: Locks) => kept<readonly Placed[]>(locks, ENDS)

/** Reads the ends of the columns that cards shall come to the end of; their boards are locked. */
export async function readEnds(
  trx: Knex.Transaction,
  locks: Locks,
  commands: readonly Command[],
): Promise<void> {
  const columnIds = [...new Set(commands.flatMap(columnWithEnd))]
  if (columnIds.length === 0) return
  const rows = await ask<EndRow>(trx, LAST_ROWS, [columnIds])
  for (const [id, last] of Map.groupBy(rows, (row) => row.column_id)) ends(locks).set(id, last)
}

function columnWithEnd({ type, body }: Command): string[] {
  if (type !== 'card.move' && type !== 'card.create') return []
  const { columnId, before, after } = body as ActionBody<typeof type>
  return before === undefined && after === undefined ? [columnId] : []
}

/** The rank of the last card that is not `moving`; undefined when the batch does not know it. */
export function knownLastRank(
  locks: Locks,
  columnId: string,
  moving: string | null,
): string | undefined {
  return ends(locks)
    .get(columnId)
    ?.find(({ id }) => id !== moving)?.rank
}

/** Takes in where a card of the batch is now. What is no longer sure is forgotten. */
export function keepEnds(locks: Locks, card: Card): void {
  const home = card.archivedAt || card.deletedAt ? null : card.columnId
  for (const [columnId, last] of ends(locks)) {
    const others = last.filter(({ id }) => id !== card.id)
    const [end] = others
    if (!end || columnId !== home) ends(locks).set(columnId, others)
    else ends(locks).set(columnId, card.rank > end.rank ? [card, end] : [end])
  }
}
