import type { Colour } from '#core/contracts/fields.ts'
import type { LabelView } from '#core/contracts/views.ts'
import { VersionedRow } from '#core/platform/row.ts'

/** One row of `labels`. */
export class Label extends VersionedRow {
  static override tableName = 'labels'

  declare projectId: string
  declare name: string
  declare colour: Colour
  declare deletedAt: Date | null
  declare createdAt: Date

  view(): LabelView {
    return { id: this.id, name: this.name, colour: this.colour }
  }
}
