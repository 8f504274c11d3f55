import { RANK_LENGTH_MAX, spreadRanks } from '#core/kernel/rank.ts'
import type { Work } from '#core/platform/handler.ts'
import { keepColumns, type Standing } from './change-column.ts'
import { Column } from './column.ts'
import { liveColumns } from './insert-board.ts'

/** Spreads the ranks of a board's live columns anew when that of the column has grown long. */
export async function respaceColumns(work: Work, { state, column }: Standing): Promise<Standing> {
  if (column.rank.length <= RANK_LENGTH_MAX) return { state, column }
  const live = liveColumns(state)
  const ids = live.map(({ id }) => id)
  const ranks = spreadRanks(live.length)
  // Ranks are unique at every moment, so all first step aside, behind every rank there can be.
  await work.trx.raw(`update columns set rank = '~' || rank where id = any(?)`, [ids])
  await work.trx.raw(
    `update columns c set rank = v.rank
     from unnest(?::uuid[], ?::text[]) as v (id, rank) where c.id = v.id`,
    [ids, ranks],
  )
  const spread = live.map((each, index) =>
    Object.assign(new Column(), each, { rank: ranks[index]! }),
  )
  const kept = keepColumns(work, state, spread)
  return { state: kept, column: spread.find(({ id }) => id === column.id)! }
}
