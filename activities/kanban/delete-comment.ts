import { searchComment } from '#core/platform/follow-ups.ts'
import { undoStep, type Handler } from '#core/platform/handler.ts'
import { cardEvent, touchCard } from './change-card.ts'
import { changeComment, commentResult, excerptOf, ownComment } from './change-comment.ts'

/** Takes the author's comment away; it can be brought back. */
export const deleteComment: Handler<'comment.delete'> = async (work) => {
  const { comment, card } = await ownComment(work)
  const deleted = await changeComment(work, comment, { deletedAt: work.now }, ['deleted'])
  const after = await touchCard(work, card, { commentCount: card.commentCount - 1 }, 'comments')
  const changes = { comment: [excerptOf(comment.body), null] as [string, null] }
  return {
    result: commentResult(deleted, after),
    events: [await cardEvent(work, 'comment.deleted', after, changes)],
    changes,
    inverse: [undoStep('comment.recover', comment.id, {}, ['deleted'], comment, deleted)],
    follow: [searchComment(comment.id)],
  }
}
