import { Refusal } from '#core/kernel/refusal.ts'
import { versionAfter, type Work } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import type { Card } from './card.ts'
import { cardResult } from './change-card.ts'
import { Comment } from './comment.ts'
import { liveCard } from './locked-cards.ts'

const EXCERPT_CHARS_MAX = 140

/** The comment an action is done to; refuses one that is gone, unless `deleted` ones are wanted. */
export async function commentOn(work: Work, deleted = false): Promise<Comment> {
  const comment = await Comment.query(work.trx)
    .findById(work.targetId)
    .where('workspace_id', work.workspaceId)
  if (comment && (deleted || !comment.deletedAt)) return comment
  throw new Refusal('comment.not_found', 'There is no such comment.')
}

/** The author's comment and its card; refuses one that is gone, unless `deleted` ones are wanted. */
export async function ownComment(
  work: Work,
  deleted = false,
): Promise<{ comment: Comment; card: Card }> {
  const comment = await commentOn(work, deleted)
  const card = await liveCard(work, comment.cardId)
  await liveBoard(work, card.boardId)
  if (comment.authorId !== work.actorId) {
    throw new Refusal('comment.not_yours', 'Only the author may change a comment.')
  }
  return { comment, card }
}

/** Writes a change of `fields` to the comment; answers it as it now is. */
export async function changeComment(
  work: Work,
  comment: Comment,
  patch: Partial<Comment>,
  fields: readonly string[],
): Promise<Comment> {
  const written = { ...patch, ...versionAfter(work, comment, fields) }
  await Comment.query(work.trx).patch(written).where('id', comment.id)
  return Object.assign(new Comment(), comment, written)
}

export const commentResult = (comment: Comment, card: Card) => ({
  comment: comment.view(),
  ...cardResult(card),
})

/** The first words of a text, on one line. */
export const excerptOf = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return Array.from(line).slice(0, EXCERPT_CHARS_MAX).join('')
}
