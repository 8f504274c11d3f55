import type { RunCause } from '#core/contracts/flows/run.ts'
import type { CardFace, Changes } from '#core/contracts/views.ts'
import type { EarlierRun } from './begin-run.ts'

/** An event of a board, with what its command would be taken back by. */
export interface BoardEventRow {
  readonly seq: string
  readonly boardId: string
  readonly type: string
  readonly cardId: string | null
  readonly actorId: string
  readonly at: Date
  readonly card: CardFace | null
  readonly changes: Changes
  /** The body of the first step that would undo it: it names what was there before. */
  readonly before: Readonly<Record<string, unknown>> | null
  /** What that step is about. */
  readonly target: string | null
  /** The run that did it, if one did. */
  readonly run: EarlierRun | null
  /** Whether a bot did it, and so a run. */
  readonly isBots: boolean
}

/** What triggers call an event: its type, and what a run is given of it. */
export function causeOf(event: BoardEventRow): RunCause | null {
  const { actorId, before, changes, card } = event
  const cause = (type: string, given: object = {}): RunCause => ({
    type,
    at: event.at.toISOString(),
    actorId,
    ...given,
  })
  switch (event.type) {
    case 'card.created':
      return cause('card.created')
    case 'card.moved':
      return cause('card.moved', { from: before?.['columnId'] ?? null, to: card?.columnId ?? null })
    case 'card.edited':
      return cause('card.changed', { changes })
    case 'card.assigned':
    case 'card.unassigned':
      return cause(event.type, { userId: before?.['userId'] ?? null })
    case 'card.labelled':
    case 'card.unlabelled':
      return cause(event.type, { labelId: before?.['labelId'] ?? null })
    case 'comment.added':
      return cause('card.commented', { commentId: null, text: changes['comment']?.[1] ?? '' })
    case 'attachment.added':
      return cause('card.attached', { attachmentId: null })
    case 'card.archived':
    case 'card.restored':
      return cause(event.type)
    case 'column.created':
    case 'column.renamed':
    case 'column.moved':
    case 'column.archived':
      return cause(event.type, { columnId: event.target })
    case 'checklist.edited':
      return isFinished(event) ? cause('card.checklist_finished') : null
    default:
      return null
  }
}

/** The last item that was open has been ticked off by this. */
function isFinished({ before, card }: BoardEventRow): boolean {
  const [done, all] = card?.checklist ?? [0, 0]
  return before?.['done'] === false && all > 0 && done === all
}
