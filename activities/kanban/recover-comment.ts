import { searchComment } from '#core/platform/follow-ups.ts'
import { unchanged, undoStep, type Handler } from '#core/platform/handler.ts'
import { refuseFull } from './add-comment.ts'
import { cardEvent, touchCard } from './change-card.ts'
import { changeComment, commentResult, excerptOf, ownComment } from './change-comment.ts'

/** Brings back a comment its author deleted. */
export const recoverComment: Handler<'comment.recover'> = async (work) => {
  const { comment, card } = await ownComment(work, true)
  if (!comment.deletedAt) return unchanged(commentResult(comment, card))
  refuseFull(card)
  const recovered = await changeComment(work, comment, { deletedAt: null }, ['deleted'])
  const after = await touchCard(work, card, { commentCount: card.commentCount + 1 }, 'comments')
  const changes = { comment: [null, excerptOf(comment.body)] as [null, string] }
  return {
    result: commentResult(recovered, after),
    events: [await cardEvent(work, 'comment.recovered', after, changes)],
    changes,
    inverse: [undoStep('comment.delete', comment.id, {}, ['deleted'], comment, recovered)],
    follow: [searchComment(comment.id)],
  }
}
