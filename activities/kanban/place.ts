import type { Knex } from 'knex'
import type { Work } from '#core/platform/handler.ts'
import { knownLastRank } from './column-ends.ts'
import { RANK_LENGTH_MAX, rankBetween, spreadRanks } from '#core/kernel/rank.ts'

/** Where a card or an item is wanted: beside a neighbour, at a rank it had before, or at the end. */
export interface Wanted {
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly rank?: string | undefined
}

/** The ordered list a place is wanted in: the live rows of a table under one parent. */
export interface RankedList {
  readonly table: 'cards' | 'checklist_items'
  readonly parent: 'column_id' | 'card_id'
  readonly parentId: string
  /** SQL that is true for the rows that have a place. */
  readonly live: string
}

export const cardsIn = (columnId: string): RankedList => ({
  table: 'cards',
  parent: 'column_id',
  parentId: columnId,
  live: 'archived_at is null and deleted_at is null',
})

export const itemsOf = (cardId: string): RankedList => ({
  table: 'checklist_items',
  parent: 'card_id',
  parentId: cardId,
  live: 'deleted_at is null',
})

/**
 * A free rank where it is wanted. A neighbour that is gone means the end of the list: place is
 * last-writer-wins. `moving` is not its own neighbour.
 */
export async function freeRank(
  { trx, locks }: Work,
  list: RankedList,
  wanted: Wanted,
  moving: string | null = null,
): Promise<string> {
  if (wanted.rank !== undefined) return await rankAt(trx, list, wanted.rank, moving)
  const anchor = wanted.before ?? wanted.after
  if (anchor !== undefined) {
    const [beside, beyond] = await neighbours(
      trx,
      list,
      anchor,
      wanted.before !== undefined,
      moving,
    )
    if (beside !== undefined) {
      return wanted.before === undefined
        ? rankBetween(beside, beyond ?? null)
        : rankBetween(beyond ?? null, beside)
    }
  }
  const last = knownLastRank(locks, list.parentId, moving)
  return rankBetween(last ?? (await lastRank(trx, list, moving)), null)
}

/**
 * Spreads the ranks of a list anew when one has grown long. Then every row at hand is forgotten,
 * to be read with its new rank, and the answer is what viewers are told: to read the board again.
 */
export async function respace(
  { trx, locks }: Work,
  list: RankedList,
  rank: string,
): Promise<{ reload?: true }> {
  if (rank.length <= RANK_LENGTH_MAX) return {}
  const { rows } = await trx.raw<{ rows: { id: string }[] }>(
    `select id from ${list.table} where ${list.parent} = ? and ${list.live} order by rank`,
    [list.parentId],
  )
  const ids = rows.map((row) => row.id)
  // Ranks are unique at every moment, so all first step aside, behind every rank there can be.
  await trx.raw(`update ${list.table} set rank = '~' || rank where id = any(?)`, [ids])
  await trx.raw(
    `update ${list.table} t set rank = v.rank
     from unnest(?::uuid[], ?::text[]) as v (id, rank) where t.id = v.id`,
    [ids, spreadRanks(ids.length)],
  )
  locks.rows.clear()
  return { reload: true }
}

/** The anchor's rank and that of the row beyond it, on the side where the card is wanted. */
async function neighbours(
  trx: Knex.Transaction,
  list: RankedList,
  anchor: string,
  before: boolean,
  moving: string | null,
): Promise<string[]> {
  const { rows } = await trx.raw<{ rows: { rank: string }[] }>(
    `select rank from ${list.table}
     where ${list.parent} = :parentId and ${list.live} and id is distinct from :moving::uuid
       and rank ${before ? '<=' : '>='} (
         select rank from ${list.table}
         where id = :anchor and ${list.parent} = :parentId and ${list.live}
           and id is distinct from :moving::uuid
       )
     order by rank ${before ? 'desc' : 'asc'} limit 2`,
    { parentId: list.parentId, moving, anchor },
  )
  return rows.map((row) => row.rank)
}

/** The rank itself when nobody has it, else the first free one after it. */
async function rankAt(
  trx: Knex.Transaction,
  list: RankedList,
  rank: string,
  moving: string | null,
): Promise<string> {
  const { rows } = await trx.raw<{ rows: { rank: string }[] }>(
    `select rank from ${list.table}
     where ${list.parent} = ? and ${list.live} and id is distinct from ?::uuid and rank >= ?
     order by rank limit 2`,
    [list.parentId, moving, rank],
  )
  const [at, next] = rows.map((row) => row.rank)
  return at === rank ? rankBetween(rank, next ?? null) : rank
}

async function lastRank(
  trx: Knex.Transaction,
  list: RankedList,
  moving: string | null,
): Promise<string | null> {
  const { rows } = await trx.raw<{ rows: { rank: string }[] }>(
    `select rank from ${list.table}
     where ${list.parent} = ? and ${list.live} and id is distinct from ?::uuid
     order by rank desc limit 1`,
    [list.parentId, moving],
  )
  return rows[0]?.rank ?? null
}
