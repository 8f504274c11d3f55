import { useI18n } from 'vue-i18n'
import type { CardDetails, CommentView } from '#core/contracts/views.ts'
import { newId, type Id } from '#core/kernel/ids.ts'
import { useSession } from '../../shell/session.ts'
import type { Sent } from '../command.ts'
import { useBoard } from '../store.ts'
import { useOpenCard } from './card-details.ts'
import { mentionsIn } from './mentions.ts'

/** What can be done with the open card's comments. */
export function useComments() {
  const { t } = useI18n()
  const board = useBoard()
  const session = useSession()
  const { cardId, run } = useOpenCard()

  async function add(text: string): Promise<Sent | undefined> {
    const comment: CommentView = {
      id: newId(),
      authorId: session.me!.user.id,
      text,
      createdAt: new Date().toISOString(),
      editedAt: null,
    }
    const body = { commentId: comment.id, text, mentions: mentionsIn(text, board.members.values()) }
    return await run(
      { type: 'comment.add', targetId: cardId, body },
      replacing(comment.id, comment),
      { said: t('said.commentAdded') },
    )
  }

  async function edit(comment: CommentView, text: string): Promise<Sent | undefined> {
    const edited = { ...comment, text, editedAt: new Date().toISOString() }
    const body = { text, mentions: mentionsIn(text, board.members.values()) }
    return await run(
      { type: 'comment.edit', targetId: comment.id, body },
      replacing(comment.id, edited),
      { said: t('said.commentChanged') },
    )
  }

  function remove(comment: CommentView, said: string): void {
    const options = { said, toast: true }
    const intent = { type: 'comment.delete', targetId: comment.id, body: {} } as const
    void run(intent, replacing(comment.id), options)
  }

  return { add, edit, remove }
}

/** The card with one comment replaced in its place, added at the end, or taken away. */
function replacing(commentId: Id, comment?: CommentView) {
  return (before: CardDetails): CardDetails => {
    const at = before.comments.findIndex(({ id }) => id === commentId)
    const place = at < 0 ? before.comments.length : at
    return {
      ...before,
      comments: before.comments.toSpliced(place, at < 0 ? 0 : 1, ...(comment ? [comment] : [])),
    }
  }
}
