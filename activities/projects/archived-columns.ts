import type { Knex } from 'knex'
import type { ColumnView } from '#core/contracts/views.ts'
import { readPage, type Page, type PageAsked } from '#core/platform/page.ts'

type ColumnRow = ColumnView & { archivedAt: Date }

/** A board's archived columns, latest first. */
export async function archivedColumns(
  database: Knex,
  boardId: string,
  asked: PageAsked,
): Promise<Page<{ column: ColumnView; archivedAt: string }>> {
  const list = {
    sql: `select id, name, rank, wip_limit as "wipLimit", wip_mode as "wipMode",
        archived_at as "archivedAt"
      from columns where board_id = ? and archived_at is not null`,
    bindings: [boardId],
    key: [
      ['archivedAt', 'timestamptz'],
      ['id', 'uuid'],
    ],
    direction: 'desc',
  } as const
  return await readPage(database, list, asked, (row: ColumnRow) => {
    const { id, name, rank, wipLimit, wipMode, archivedAt } = row
    return { column: { id, name, rank, wipLimit, wipMode }, archivedAt: archivedAt.toISOString() }
  })
}
