import type { ActionResult } from '#core/contracts/actions.ts'
import { undoStep, unchanged, type Effect, type Work } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { cardEvent, touchCard } from './change-card.ts'
import { changeComment, commentOn, commentResult, excerptOf } from './change-comment.ts'
import { liveCard } from './locked-cards.ts'

type Settled = Effect<ActionResult<'comment.resolve'>>

/** Says that what a comment is about is settled, or is not after all; whoever may comment may. */
export async function settleComment(work: Work, isResolved: boolean): Promise<Settled> {
  const comment = await commentOn(work)
  const card = await liveCard(work, comment.cardId)
  await liveBoard(work, card.boardId)
  const resolvedAt = isResolved ? work.now : null
  if ((comment.resolvedAt !== null) === isResolved) return unchanged(commentResult(comment, card))
  const settled = await changeComment(work, comment, { resolvedAt }, ['resolved'])
  const after = await touchCard(work, card, {}, 'comments')
  const back = isResolved ? 'comment.reopen' : 'comment.resolve'
  const changes = { comment: [null, excerptOf(comment.body)] as [null, string] }
  return {
    result: commentResult(settled, after),
    events: [
      await cardEvent(work, isResolved ? 'comment.resolved' : 'comment.reopened', after, changes),
    ],
    changes,
    inverse: [undoStep(back, comment.id, {}, ['resolved'], comment, settled)],
    follow: [],
  }
}
