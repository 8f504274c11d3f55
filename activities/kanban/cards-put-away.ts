import type { Knex } from 'knex'
import type { CardFace } from '#core/contracts/views.ts'
import { DELETED_KEPT_DAYS } from '#core/kernel/limits.ts'
import { readPage, type Page, type PageAsked } from '#core/platform/page.ts'
import type { FaceRow } from './card.ts'
import { FACE } from './card-details.ts'
import { faceOf } from './face.ts'

type PutAway = FaceRow & { at: Date }

/** A board's archived cards, latest first. */
export async function archivedCards(
  database: Knex,
  boardId: string,
  asked: PageAsked,
): Promise<Page<{ card: CardFace; archivedAt: string }>> {
  const which = 'c.archived_at is not null and c.deleted_at is null'
  return await readPage(database, listOf(boardId, 'archived_at', which), asked, (row: PutAway) => ({
    card: faceOf(row),
    archivedAt: row.at.toISOString(),
  }))
}

/** A board's deleted cards that can still be brought back, latest first. */
export async function deletedCards(
  database: Knex,
  boardId: string,
  asked: PageAsked,
): Promise<Page<{ card: CardFace; deletedAt: string }>> {
  const which = `c.deleted_at > now() - interval '${DELETED_KEPT_DAYS} days'`
  return await readPage(database, listOf(boardId, 'deleted_at', which), asked, (row: PutAway) => ({
    card: faceOf(row),
    deletedAt: row.at.toISOString(),
  }))
}

const listOf = (boardId: string, instant: string, which: string) =>
  ({
    sql: `select ${FACE}, c.${instant} as at
      from columns k join cards c on c.column_id = k.id where k.board_id = ? and ${which}`,
    bindings: [boardId],
    key: [
      ['at', 'timestamptz'],
      ['id', 'uuid'],
    ],
    direction: 'desc',
  }) as const
