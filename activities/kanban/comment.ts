import type { CommentAnchor } from '#core/contracts/comment-anchor.ts'
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
  /** Where in the card's text it stands; null when it is about the whole card. */
  declare anchor: CommentAnchor | null
  declare resolvedAt: Date | null
  declare createdAt: Date

  view(): CommentView {
    return {
      id: this.id,
      authorId: this.authorId,
      text: this.body,
      createdAt: this.createdAt.toISOString(),
      editedAt: this.editedAt?.toISOString() ?? null,
      ...(this.anchor && { anchor: this.anchor }),
      ...(this.resolvedAt && { resolvedAt: this.resolvedAt.toISOString() }),
    }
  }
}
