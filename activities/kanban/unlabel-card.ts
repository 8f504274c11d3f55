import { unchanged, type Handler } from '#core/platform/handler.ts'
import { liveBoard, liveLabels } from '#activities/projects/queries.ts'
import { cardEvent, cardResult, cardUndo, changeCard } from './change-card.ts'
import { liveCard } from './locked-cards.ts'

/** Takes a label off a card. */
export const unlabelCard: Handler<'card.unlabel'> = async (work) => {
  const { labelId } = work.body
  const card = await liveCard(work, work.targetId)
  await liveBoard(work, card.boardId)
  if (!card.labels.includes(labelId)) return unchanged(cardResult(card))

  await work.trx('card_labels').where({ card_id: card.id, label_id: labelId }).delete()
  const names = await liveLabels(work.trx, card.projectId, [labelId])
  const field = `label:${labelId}`
  const labels = card.labels.filter((id) => id !== labelId)
  const unlabelled = await changeCard(work, card, {}, [field], { labels })
  const changes = { label: [names.get(labelId) ?? null, null] as [unknown, unknown] }
  return {
    result: cardResult(unlabelled),
    events: [await cardEvent(work, 'card.unlabelled', unlabelled, changes)],
    changes,
    inverse: [cardUndo('card.label', { labelId }, [field], card, unlabelled)],
    follow: [],
  }
}
