import { unchanged, type Handler } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { addLabels, labelNames } from './card-labels.ts'
import { cardEvent, cardResult, cardUndo, changeCard } from './change-card.ts'
import { liveCard } from './locked-cards.ts'

/** Puts a label of its project on a card. */
export const labelCard: Handler<'card.label'> = async (work) => {
  const { labelId } = work.body
  const card = await liveCard(work, work.targetId)
  await liveBoard(work, card.boardId)
  if (card.labels.includes(labelId)) return unchanged(cardResult(card))

  const names = await labelNames(work, card, [labelId])
  await addLabels(work, card, [labelId], card.labels.length)
  const field = `label:${labelId}`
  const labels = [...card.labels, labelId]
  const labelled = await changeCard(work, card, {}, [field], { labels })
  const changes = { label: [null, names.get(labelId)] as [unknown, unknown] }
  return {
    result: cardResult(labelled),
    events: [await cardEvent(work, 'card.labelled', labelled, changes)],
    changes,
    inverse: [cardUndo('card.unlabel', { labelId }, [field], card, labelled)],
    follow: [],
  }
}
