import type { ChecklistItemView } from '#core/contracts/views.ts'
import { VersionedRow } from '#core/platform/row.ts'

/** One row of `checklist_items`. */
export class ChecklistItem extends VersionedRow {
  static override tableName = 'checklist_items'

  declare cardId: string
  declare body: string
  declare done: boolean
  declare rank: string
  declare deletedAt: Date | null
  declare createdAt: Date

  view(): ChecklistItemView {
    const { id, body: text, done, rank } = this
    return { id, text, done, rank }
  }
}
