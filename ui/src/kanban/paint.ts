import type { CardFace, ColumnView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import type { Change, Command } from './command.ts'

/** How a card looks once this command is done; undefined is «not on this board». */
export function paintCard(
  card: CardFace | undefined,
  command: Command,
  cardId: Id,
  boardId: Id,
): CardFace | undefined {
  const { intent, answer } = command
  if (intent.type === 'card.archive' || intent.type === 'card.delete') return undefined
  if (answer?.card?.id === cardId) return answer.boardId === boardId ? answer.card : undefined
  const reverted = command.reverts?.find((change) => change.cardId === cardId)
  if (reverted) return revert(card, reverted)
  if (intent.type === 'card.create') return created(command, cardId)
  return card && changed(card, command)
}

function created({ intent, rank }: Command, cardId: Id): CardFace | undefined {
  if (intent.type !== 'card.create') return undefined
  const { columnId, title, dueOn, priority, points, colour, labels, assignees } = intent.body
  const face = { id: cardId, columnId, rank: rank ?? '', number: 0, title, version: 0 }
  return withFields(face, { dueOn, priority, points, colour, labels, assignees })
}

function changed(card: CardFace, { intent, rank }: Command): CardFace | undefined {
  switch (intent.type) {
    case 'card.edit': {
      const { description: _offTheFace, ...changes } = intent.body.changes
      return withFields(card, changes)
    }
    case 'card.move':
      return rank === undefined ? undefined : { ...card, columnId: intent.body.columnId, rank }
    case 'card.assign':
      return withFields(card, { assignees: including(card.assignees, intent.body.userId) })
    case 'card.unassign':
      return withFields(card, { assignees: without(card.assignees, intent.body.userId) })
    case 'card.label':
      return withFields(card, { labels: including(card.labels, intent.body.labelId) })
    case 'card.unlabel':
      return withFields(card, { labels: without(card.labels, intent.body.labelId) })
    default:
      return card
  }
}

/** Takes back what lies between `after` and `before`, and leaves what others changed since. */
function revert(card: CardFace | undefined, { before, after }: Change): CardFace | undefined {
  if (!before || !after || !card) return before
  const reverted: Record<string, unknown> = {}
  for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[field as keyof CardFace], after[field as keyof CardFace]]
    if (field !== 'version' && JSON.stringify(was) !== JSON.stringify(is)) reverted[field] = was
  }
  return withFields(card, reverted)
}

/** The columns in order, once this command is done. */
export function paintColumns(columns: readonly ColumnView[], command: Command): ColumnView[] {
  const { intent, answer } = command
  if (!intent.type.startsWith('column.')) return [...columns]
  if (intent.type === 'column.archive') {
    return columns.filter((column) => column.id !== intent.targetId)
  }
  if (answer?.column) return inOrder(columns, answer.column)
  const column = columns.find(({ id }) => id === intent.targetId)
  if (intent.type === 'column.create') {
    const { columnId: id = command.key, name } = intent.body
    const face = { id, name, wipLimit: null, wipMode: 'warn' as const }
    return inOrder(columns, { ...face, rank: command.rank ?? '' })
  }
  if (!column) return [...columns]
  if (intent.type === 'column.rename') return inOrder(columns, { ...column, ...intent.body })
  if (intent.type === 'column.limit') return inOrder(columns, { ...column, ...intent.body })
  return inOrder(columns, { ...column, rank: command.rank ?? column.rank })
}

function inOrder(columns: readonly ColumnView[], column: ColumnView): ColumnView[] {
  const others = columns.filter(({ id }) => id !== column.id)
  return [...others, column].sort((a, b) => (a.rank < b.rank ? -1 : 1))
}

/** The face with these fields; what is null, undefined or an empty list is left out of a face. */
function withFields(card: CardFace, fields: Record<string, unknown>): CardFace {
  const face: Record<string, unknown> = { ...card, ...fields }
  for (const [field, value] of Object.entries(fields)) {
    const empty = value === null || value === undefined || (Array.isArray(value) && !value.length)
    if (empty) delete face[field]
  }
  return face as CardFace
}

function including(ids: readonly Id[] | undefined, id: Id): Id[] {
  return ids?.includes(id) ? [...ids] : [...(ids ?? []), id]
}

function without(ids: readonly Id[] | undefined, id: Id): Id[] {
  return (ids ?? []).filter((other) => other !== id)
}
