import type { UndoStep, Work } from '#core/platform/handler.ts'
import { nextCardNumber, sameLabelsIn, type BoardState } from '#activities/projects/queries.ts'
import { takeAlong } from './card-assignees.ts'
import { insertLabels } from './card-labels.ts'
import type { Card } from './card.ts'
import type { CardPatch, FaceSets } from './change-card.ts'

interface Joining {
  readonly patch: CardPatch
  readonly sets: FaceSets
  /** Who does not come along. */
  readonly left: readonly string[]
  /** Puts back the labels that the new project did not have. */
  readonly inverse: readonly UndoStep[]
}

const STAYS: Joining = { patch: {}, sets: {}, left: [], inverse: [] }

/**
 * A card that comes to another project gets a number there, keeps the labels that project has by
 * the same name, and loses the others. Who does not see that project is taken off the card.
 */
export async function changeProject(
  work: Work,
  card: Card,
  from: BoardState,
  to: BoardState,
): Promise<Joining> {
  const projectId = to.board.projectId
  if (projectId === from.board.projectId) return STAYS
  const same = await sameLabelsIn(work.trx, projectId, card.labels)
  const labels = [...same.values()]
  await work.trx('card_labels').where({ card_id: card.id }).delete()
  await insertLabels(work, card, labels)
  const { assignees, left } = await takeAlong(work, card, projectId)
  const number = work.undo?.back?.number ?? (await nextCardNumber(work, projectId))
  const lost = card.labels.filter((label) => !same.has(label))
  return {
    patch: { projectId, number },
    sets: { labels, assignees },
    left,
    inverse: lost.map((labelId) => ({
      type: 'card.label',
      targetId: card.id,
      body: { labelId },
      expect: {},
      origins: {},
    })),
  }
}
