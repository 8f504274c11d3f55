import { z } from 'zod'
import { commentTold, flowSeers } from '#activities/automation/queries.ts'
import { excerptOf } from '#activities/kanban/queries.ts'
import { seersOf } from '#activities/rbac/queries.ts'
import { Id } from '#core/contracts/fields.ts'
import type { FollowUpHandler } from '#core/platform/follow-up.ts'
import { addToInboxes } from './add-to-inboxes.ts'

const OfCard = z.strictObject({
  kind: z.enum(['assigned', 'mentioned', 'commented']),
  userIds: z.array(Id),
  boardId: Id,
  cardId: Id,
  actorId: Id,
  excerpt: z.string(),
})
const OfFlow = z.strictObject({
  kind: z.literal('mentioned'),
  userIds: z.array(Id),
  flowCommentId: Id,
  actorId: Id,
})

/**
 * Tells people what somebody did that concerns them; who does not see the board or the flow (any more) is
 * not told.
 */
export const notify: FollowUpHandler = async (trx, { workspaceId, effectKey, payload }) => {
  const { userIds, ...news } = z.union([OfCard, OfFlow]).parse(payload)
  const told =
    'boardId' in news ? await ofCard(trx, news, userIds) : await ofFlow(trx, news, userIds)
  await addToInboxes(
    trx,
    told.map((each) => ({ ...each, workspaceId, effectKey: `${effectKey}/${each.userId}` })),
  )
}

type Trx = Parameters<FollowUpHandler>[0]

async function ofCard(
  trx: Trx,
  news: Omit<z.infer<typeof OfCard>, 'userIds'>,
  userIds: readonly string[],
) {
  const { boardId } = news
  const pairs = [...new Set(userIds)].map((userId) => ({ boardId, userId }))
  const seers = await seersOf(trx, pairs)
  return pairs
    .filter(({ userId }) => seers.has(`${boardId} ${userId}`))
    .map(({ userId }) => ({ ...news, userId }))
}

/** Nobody is told of a comment of their own, or of one that is deleted. */
async function ofFlow(
  trx: Trx,
  news: Omit<z.infer<typeof OfFlow>, 'userIds'>,
  userIds: readonly string[],
) {
  const comment = await commentTold(trx, news.flowCommentId)
  if (!comment) return []
  const { flowId: id, projectId, text } = comment
  const others = [...new Set(userIds)].filter((userId) => userId !== news.actorId)
  const seers = await flowSeers(
    trx,
    others.map((userId) => ({ id, userId })),
  )
  return others
    .filter((userId) => seers.has(`${id} ${userId}`))
    .map((userId) => ({ ...news, projectId, excerpt: excerptOf(text), userId }))
}
