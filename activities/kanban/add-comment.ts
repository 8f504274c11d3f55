import { COMMENTS_PER_CARD_MAX } from '#core/kernel/limits.ts'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { news, searchComment } from '#core/platform/follow-ups.ts'
import { unmake, type Handler, type Work } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { knownMembers } from './card-assignees.ts'
import type { Card } from './card.ts'
import { cardEvent, touchCard } from './change-card.ts'
import { commentResult, excerptOf } from './change-comment.ts'
import { Comment } from './comment.ts'
import { liveCard } from './locked-cards.ts'

/** Adds a comment; tells whom it mentions, then whose card it is. */
export const addComment: Handler<'comment.add'> = async (work) => {
  const { text, mentions = [] } = work.body
  const card = await liveCard(work, work.targetId)
  await liveBoard(work, card.boardId)
  refuseFull(card)
  await knownMembers(work, card, mentions)
  const comment = await insertComment(work)
  const after = await touchCard(work, card, { commentCount: card.commentCount + 1 }, 'comments')
  const changes = { comment: [null, excerptOf(text)] as [null, string] }
  return {
    result: commentResult(comment, after),
    events: [await cardEvent(work, 'comment.added', after, changes)],
    changes,
    inverse: [unmake('comment.delete', comment.id)],
    follow: [
      searchComment(comment.id),
      ...news(work, 'mentioned', card, mentions, excerptOf(text)),
      ...news(work, 'commented', card, concerned(card, mentions), excerptOf(text)),
    ],
  }
}

export function refuseFull({ commentCount }: Card): void {
  if (commentCount < COMMENTS_PER_CARD_MAX) return
  throw new Refusal('card.comment_limit', `A card has at most ${COMMENTS_PER_CARD_MAX} comments.`)
}

/** Whose card it is: its assignees and its maker, less those who hear of it as mentioned. */
const concerned = (card: Card, mentions: readonly string[]) =>
  [...card.assignees, card.createdBy].filter((id) => !mentions.includes(id))

async function insertComment(work: Work<'comment.add'>): Promise<Comment> {
  const row = {
    id: work.body.commentId ?? newId(work.now.getTime()),
    workspaceId: work.workspaceId,
    cardId: work.targetId,
    authorId: work.actorId,
    body: work.body.text,
    mentions: [...(work.body.mentions ?? [])],
    anchor: work.body.anchor ?? null,
    createdAt: work.now,
  }
  await Comment.query(work.trx).insert(row)
  return Object.assign(new Comment(), row, {
    version: 1,
    fieldVersions: {},
    editedAt: null,
    resolvedAt: null,
  })
}
