import { ASSIGNEES_PER_CARD_MAX } from '#core/kernel/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Work } from '#core/platform/handler.ts'
import { memberIds } from '#activities/rbac/queries.ts'
import type { Card } from './card.ts'

/** Refuses somebody who is not a member of the workspace, or does not see the card. */
export async function knownMembers(
  work: Work,
  card: Pick<Card, 'workspaceId' | 'projectId'>,
  userIds: readonly string[],
): Promise<void> {
  if (userIds.length === 0) return
  const known = await memberIds(work.trx, card, userIds)
  if (userIds.some((id) => !known.has(id))) {
    throw new Refusal('member.not_found', 'There is no such member in the workspace.')
  }
}

/**
 * Takes those off a card who do not see the project it goes to; an undo brings back those it had
 * taken off, as far as they see it and there is room. Answers who is on the card then, and who left.
 */
export async function takeAlong(
  work: Work,
  card: Card,
  projectId: string,
): Promise<{ assignees: string[]; left: string[] }> {
  const wanted = [...new Set([...card.assignees, ...(work.undo?.back?.assignees ?? [])])]
  if (wanted.length === 0) return { assignees: [], left: [] }
  const { workspaceId } = card
  const seers = await memberIds(work.trx, { workspaceId, projectId }, wanted)
  const assignees = wanted.filter((id) => seers.has(id)).slice(0, ASSIGNEES_PER_CARD_MAX)
  const rows = assignees.map((user_id) => ({
    card_id: card.id,
    user_id,
    workspace_id: workspaceId,
  }))
  await work.trx('card_assignees').where({ card_id: card.id }).delete()
  if (rows.length > 0) await work.trx('card_assignees').insert(rows)
  return { assignees, left: card.assignees.filter((id) => !assignees.includes(id)) }
}

/** Assigns people to a card that is not theirs yet. */
export async function addAssignees(
  work: Work,
  card: Pick<Card, 'id' | 'workspaceId' | 'projectId'>,
  userIds: readonly string[],
  has = 0,
): Promise<void> {
  if (userIds.length === 0) return
  if (has + userIds.length > ASSIGNEES_PER_CARD_MAX) {
    throw new Refusal(
      'card.assignee_limit',
      `A card has at most ${ASSIGNEES_PER_CARD_MAX} assignees.`,
    )
  }
  await knownMembers(work, card, userIds)
  const rows = [...new Set(userIds)].map((user_id) => ({
    card_id: card.id,
    user_id,
    workspace_id: card.workspaceId,
  }))
  await work.trx('card_assignees').insert(rows)
}
