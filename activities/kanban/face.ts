import type { CardFace } from '#core/contracts/views.ts'
import type { FaceRow } from './card.ts'

/** What a card shows on its board; what it does not have is left out, to keep boards small. */
export function faceOf(card: FaceRow): CardFace {
  const { id, columnId, rank, number, title, version } = card
  return {
    id,
    columnId,
    rank,
    number,
    title,
    version,
    ...(card.labels.length > 0 && { labels: [...card.labels] }),
    ...(card.assignees.length > 0 && { assignees: [...card.assignees] }),
    ...(card.dueOn !== null && { dueOn: card.dueOn }),
    ...(card.priority !== null && { priority: card.priority }),
    ...(card.points !== null && { points: card.points }),
    ...(card.colour && { colour: card.colour }),
    ...(card.commentCount > 0 && { comments: card.commentCount }),
    ...(card.attachmentCount > 0 && { attachments: card.attachmentCount }),
    ...(card.checklistTotal > 0 && {
      checklist: [card.checklistDone, card.checklistTotal] as [number, number],
    }),
  }
}
