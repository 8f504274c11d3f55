import type { Knex } from 'knex'
import { Column } from './column.ts'

/** The board a column is on, archived or not; undefined when there is no such column. */
export async function boardOfColumn(
  db: Knex,
  workspaceId: string,
  columnId: string,
): Promise<string | undefined> {
  const column = await Column.query(db).findById(columnId).where({ workspace_id: workspaceId })
  return column?.boardId
}
