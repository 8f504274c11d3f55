import { LABELS_PER_CARD_MAX } from '#core/kernel/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Work } from '#core/platform/handler.ts'
import { liveLabels } from '#activities/projects/queries.ts'
import type { Card } from './card.ts'

/** Labels of the card's project by id; refuses one that is not there. */
export async function labelNames(
  work: Work,
  card: Pick<Card, 'projectId'>,
  labelIds: readonly string[],
): Promise<Map<string, string>> {
  const names = await liveLabels(work.trx, card.projectId, labelIds)
  const missing = labelIds.find((id) => !names.has(id))
  if (missing) throw new Refusal('label.not_found', 'There is no such label in the project.')
  return names
}

/** Puts labels on a card that does not have them yet. */
export async function addLabels(
  work: Work,
  card: Pick<Card, 'id' | 'projectId' | 'workspaceId'>,
  labelIds: readonly string[],
  has = 0,
): Promise<void> {
  if (labelIds.length === 0) return
  if (has + labelIds.length > LABELS_PER_CARD_MAX) {
    throw new Refusal('card.label_limit', `A card has at most ${LABELS_PER_CARD_MAX} labels.`)
  }
  await labelNames(work, card, labelIds)
  await insertLabels(work, card, [...new Set(labelIds)])
}

/** Writes labels that are known to be of the card's project and not yet on the card. */
export async function insertLabels(
  work: Work,
  card: Pick<Card, 'id' | 'workspaceId'>,
  labelIds: readonly string[],
): Promise<void> {
  if (labelIds.length === 0) return
  const rows = labelIds.map((label_id) => ({
    card_id: card.id,
    label_id,
    workspace_id: card.workspaceId,
  }))
  await work.trx('card_labels').insert(rows)
}
