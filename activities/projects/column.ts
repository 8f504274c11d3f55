import type { ColumnView } from '#core/contracts/views.ts'
import { VersionedRow } from '#core/platform/row.ts'

/** One row of `columns`. */
export class Column extends VersionedRow {
  static override tableName = 'columns'

  declare boardId: string
  declare name: string
  declare rank: string
  declare wipLimit: number | null
  declare wipMode: ColumnView['wipMode']
  declare archivedAt: Date | null
  declare createdAt: Date

  view(): ColumnView {
    const { id, name, rank, wipLimit, wipMode } = this
    return { id, name, rank, wipLimit, wipMode }
  }
}
