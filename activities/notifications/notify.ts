import { z } from 'zod'
import { seersOf } from '#activities/rbac/queries.ts'
import { Id } from '#core/contracts/fields.ts'
import type { FollowUpHandler } from '#core/platform/follow-up.ts'
import { addToInboxes } from './add-to-inboxes.ts'

const News = z.strictObject({
  kind: z.enum(['assigned', 'mentioned', 'commented']),
  userIds: z.array(Id),
  boardId: Id,
  cardId: Id,
  actorId: Id,
  excerpt: z.string(),
})

/** Tells people what somebody did that concerns them; who does not see the board (any more) is not told. */
export const notify: FollowUpHandler = async (trx, { workspaceId, effectKey, payload }) => {
  const { userIds, ...news } = News.parse(payload)
  const { boardId } = news
  const seers = await seersOf(
    trx,
    userIds.map((userId) => ({ boardId, userId })),
  )
  const told = new Set(userIds.filter((userId) => seers.has(`${boardId} ${userId}`)))
  await addToInboxes(
    trx,
    [...told].map((userId) => ({
      ...news,
      workspaceId,
      userId,
      effectKey: `${effectKey}/${userId}`,
    })),
  )
}
