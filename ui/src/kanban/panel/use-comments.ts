import { useI18n } from 'vue-i18n'
import type { CommentAnchor } from '#core/contracts/comment-anchor.ts'
import type { CommentView } from '#core/contracts/views.ts'
import { newId } from '#core/kernel/ids.ts'
import type { Sent } from '../command.ts'
import { useBoard } from '../store.ts'
import { useOpenCard } from './card-details.ts'
import { mentionsIn } from '../../components/mentions.ts'

/** What can be done with the open card's comments. */
export function useComments() {
  const { t } = useI18n()
  const board = useBoard()
  const { cardId, run } = useOpenCard()

  async function add(text: string, anchor?: CommentAnchor): Promise<Sent | undefined> {
    const mentions = mentionsIn(text, board.members.values())
    const body = { commentId: newId(), text, mentions, ...(anchor && { anchor }) }
    const intent = { type: 'comment.add', targetId: cardId, body } as const
    return await run(intent, { said: t('said.commentAdded') })
  }

  async function edit(comment: CommentView, text: string): Promise<Sent | undefined> {
    const body = { text, mentions: mentionsIn(text, board.members.values()) }
    const intent = { type: 'comment.edit', targetId: comment.id, body } as const
    return await run(intent, { said: t('said.commentChanged') })
  }

  function remove(comment: CommentView, said: string): void {
    const options = { said, toast: true }
    const intent = { type: 'comment.delete', targetId: comment.id, body: {} } as const
    void run(intent, options)
  }

  /** Says that what the comment is about is settled, or is not after all. */
  function settle({ id: targetId, resolvedAt }: CommentView): void {
    if (resolvedAt) void run({ type: 'comment.reopen', targetId, body: {} })
    else
      void run({ type: 'comment.resolve', targetId, body: {} }, { said: t('said.commentSettled') })
  }

  return { add, edit, remove, settle }
}
