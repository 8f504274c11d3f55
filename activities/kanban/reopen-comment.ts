import type { Handler } from '#core/platform/handler.ts'
import { settleComment } from './settle-comment.ts'

/** What the comment is about is not settled after all. */
export const reopenComment: Handler<'comment.reopen'> = async (work) =>
  await settleComment(work, false)
