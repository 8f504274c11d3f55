import type { CommentView } from '#core/contracts/views.ts'
import { VersionedRow } from '#core/platform/row.ts'

/** One row of `comments`. */
export class Comment extends VersionedRow {
  static override tableName = 'comments'

  declare cardId: string
  declare authorId: string
  declare body: string
  declare mentions: readonly string[]
  declare editedAt: Date | null
  declare deletedAt: Date | null
  declare createdAt: Date

  view(): CommentView {
    return {
      id: this.id,
      authorId: this.authorId,
      text: this.body,
      createdAt: this.createdAt.toISOString(),
      editedAt: this.editedAt?.toISOString() ?? null,
    }
  }
}
