import type { ProjectView } from '#core/contracts/views.ts'
import { VersionedRow } from '#core/platform/row.ts'

/** One row of `projects`. */
export class Project extends VersionedRow {
  static override tableName = 'projects'

  declare name: string
  declare key: string
  declare lastCardNumber: number
  declare archivedAt: Date | null
  declare createdBy: string
  declare createdAt: Date

  view(): ProjectView {
    return {
      id: this.id,
      workspaceId: this.workspaceId,
      name: this.name,
      key: this.key,
      archivedAt: this.archivedAt?.toISOString() ?? null,
    }
  }
}
