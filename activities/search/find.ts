import type { Knex } from 'knex'
import type { SearchHit } from '#core/contracts/views.ts'
import { readPage, type OrderedList, type Page, type PageAsked } from '#core/platform/page.ts'
import { excerptOf } from './excerpt.ts'
import { exactQuery, termsOf, tolerantQuery } from './terms.ts'

export interface Looked extends PageAsked {
  readonly q: string
  readonly workspaceId?: string | null | undefined
}

type HitRow = Omit<SearchHit, 'excerpt'> & { body: string }

const SEARCH_LIMIT_MS = 1_000
/** How much of a text must look like the query, from 0 to 1, where no word matches. */
const SIMILARITY_MIN = 0.45
/** A word found in more texts than these tells too little for all of them to be ranked. */
const EXACT_MAX = 5_000
/** Comparing letters is slow, and of what only looks alike nobody reads more. */
const ALIKE_MAX = 200

/** What trigrams are compared with; the index search_entries_trigrams is on this very expression. */
const beginning = 'left(body, 300)'

const weight = `case source when 'title' then 3 when 'description' then 2 else 1 end`

const SQL = `
  with exact as (
    select *, ${weight} + ts_rank_cd(words, to_tsquery('simple', ?), 32) as score
    from app.entries_with(?, ?, ${EXACT_MAX})
  ), candidates as (
    select * from app.entries_like(?, ?, ?, ${ALIKE_MAX})
    where not exists (select from exact)
  ), alike as (
    select *, (${weight} + word_similarity(?, ${beginning})) / 10.0 as score from candidates
  ), best as (
    select distinct on (card_id) *
    from (select * from exact union all select * from alike) as found
    order by card_id, score desc, source_id
  )
  select c.id as "cardId", c.board_id as "boardId", b.name as "boardName",
    p.key as "projectKey", c.number, c.title, best.source as "foundIn", best.body,
    round(best.score::numeric, 6) as score
  from best
  join cards c on c.id = best.card_id and c.archived_at is null and c.deleted_at is null
  join columns k on k.id = c.column_id and k.archived_at is null
  join boards b on b.id = c.board_id and b.archived_at is null
  join projects p on p.id = c.project_id and p.archived_at is null`

/**
 * Live cards in which the words are found, best first: in a title before a description before a
 * comment. Only when nothing matches, what looks much like the words is found instead. Looks into
 * the workspaces the transaction acts for.
 */
export async function findCards(trx: Knex, looked: Looked): Promise<Page<SearchHit>> {
  const terms = termsOf(looked.q)
  if (terms.length === 0) return { items: [], nextCursor: null }
  await trx.raw(`set local statement_timeout = ${SEARCH_LIMIT_MS}`)
  // In the order as written: Postgres takes what was found for one row, and would go through it for
  // each card of a workspace.
  await trx.raw('set local join_collapse_limit = 1')
  await trx.raw(`set local pg_trgm.word_similarity_threshold = ${SIMILARITY_MIN}`)
  return await readPage(trx, hits(looked, terms), looked, (row: HitRow) => ({
    cardId: row.cardId,
    boardId: row.boardId,
    boardName: row.boardName,
    projectKey: row.projectKey,
    number: row.number,
    title: row.title,
    foundIn: row.foundIn,
    excerpt: excerptOf(row.body, terms),
  }))
}

function hits({ workspaceId = null }: Looked, terms: readonly string[]): OrderedList {
  const [exact, all] = [exactQuery(terms), terms.join(' ')]
  return {
    sql: SQL,
    bindings: [exact, exact, workspaceId, tolerantQuery(terms), all, workspaceId, all],
    key: [
      ['score', 'numeric'],
      ['cardId', 'uuid'],
    ],
    direction: 'desc',
  }
}
