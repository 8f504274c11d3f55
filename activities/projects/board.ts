import type { BoardInfo } from '#core/contracts/views.ts'
import { VersionedRow } from '#core/platform/row.ts'

/** One row of `boards`. */
export class Board extends VersionedRow {
  static override tableName = 'boards'

  declare projectId: string
  declare name: string
  declare eventSeq: number
  declare epoch: string
  declare archivedAt: Date | null
  declare createdBy: string
  declare createdAt: Date

  view(): BoardInfo {
    return {
      id: this.id,
      workspaceId: this.workspaceId,
      projectId: this.projectId,
      name: this.name,
      archivedAt: this.archivedAt?.toISOString() ?? null,
    }
  }
}
