import { news, searchComment } from '#core/platform/follow-ups.ts'
import { undoStep, type Handler } from '#core/platform/handler.ts'
import { knownMembers } from './card-assignees.ts'
import { cardEvent, touchCard } from './change-card.ts'
import { changeComment, commentResult, excerptOf, ownComment } from './change-comment.ts'

/** Changes the author's comment; tells only whom it did not mention before. */
export const editComment: Handler<'comment.edit'> = async (work) => {
  const { text, mentions = [] } = work.body
  const { comment, card } = await ownComment(work)
  await knownMembers(work, card, mentions)
  const patch = { body: text, mentions: [...mentions], editedAt: work.now }
  const edited = await changeComment(work, comment, patch, ['text'])
  const after = await touchCard(work, card, {}, 'comments')
  const changes = { comment: [excerptOf(comment.body), excerptOf(text)] as [string, string] }
  const body = { text: comment.body, mentions: comment.mentions }
  const newlyMentioned = mentions.filter((id) => !comment.mentions.includes(id))
  return {
    result: commentResult(edited, after),
    events: [await cardEvent(work, 'comment.edited', after, changes)],
    changes,
    inverse: [undoStep('comment.edit', comment.id, body, ['text'], comment, edited)],
    follow: [
      searchComment(comment.id),
      ...news(work, 'mentioned', card, newlyMentioned, excerptOf(text)),
    ],
  }
}
