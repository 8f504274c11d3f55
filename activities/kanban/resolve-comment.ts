import type { Handler } from '#core/platform/handler.ts'
import { settleComment } from './settle-comment.ts'

/** What the comment is about is settled. */
export const resolveComment: Handler<'comment.resolve'> = async (work) =>
  await settleComment(work, true)
