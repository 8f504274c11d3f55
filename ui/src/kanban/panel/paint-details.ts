import type { CardDetails, ChecklistItemView, CommentView } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import type { Intent } from '../command.ts'
import { rankAt } from '../place.ts'

/** What somebody wants, by whom and since when. */
export interface Wanted {
  readonly intent: Intent
  readonly givenAt: string
  readonly userId: Id
}

/** All of a card as it looks once this is done; what is on its face the board paints. */
export function paintDetails(before: CardDetails, wanted: Wanted): CardDetails {
  const { intent } = wanted
  switch (intent.type) {
    case 'card.edit': {
      const { description } = intent.body.changes
      return description === undefined ? before : { ...before, description }
    }
    case 'comment.add':
    case 'comment.edit':
    case 'comment.delete':
    case 'comment.resolve':
    case 'comment.reopen':
      return { ...before, comments: paintComments(before.comments, wanted) }
    case 'checklist.add':
    case 'checklist.edit':
    case 'checklist.move':
    case 'checklist.remove':
      return { ...before, checklist: paintChecklist(before.checklist, intent) }
    case 'attachment.remove':
      return {
        ...before,
        attachments: before.attachments.filter(({ id }) => id !== intent.targetId),
      }
    default:
      return before
  }
}

function paintComments(
  comments: readonly CommentView[],
  { intent, givenAt, userId }: Wanted,
): CommentView[] {
  if (intent.type === 'comment.add') {
    const { commentId: id, text, anchor } = intent.body
    if (id === undefined || comments.some((comment) => comment.id === id)) return [...comments]
    const made = { id, authorId: userId, text, createdAt: givenAt, editedAt: null }
    return [...comments, { ...made, ...(anchor && { anchor }) }]
  }
  if (intent.type === 'comment.delete') return without(comments, intent.targetId)
  if (intent.type === 'comment.resolve' || intent.type === 'comment.reopen') {
    return comments.map(({ resolvedAt: _before, ...comment }) => {
      if (comment.id !== intent.targetId)
        return _before ? { ...comment, resolvedAt: _before } : comment
      return intent.type === 'comment.resolve' ? { ...comment, resolvedAt: givenAt } : comment
    })
  }
  if (intent.type !== 'comment.edit') return [...comments]
  const { text } = intent.body
  return comments.map((comment) =>
    comment.id === intent.targetId ? { ...comment, text, editedAt: givenAt } : comment,
  )
}

function paintChecklist(items: readonly ChecklistItemView[], intent: Intent): ChecklistItemView[] {
  if (intent.type === 'checklist.remove') return without(items, intent.targetId)
  if (intent.type === 'checklist.add') {
    const { itemId: id, text } = intent.body
    if (id === undefined || items.some((item) => item.id === id)) return [...items]
    return [...items, { id, text, done: false, rank: placed(items, {}) }]
  }
  return items.map((item) => {
    if (item.id !== intent.targetId) return item
    if (intent.type === 'checklist.edit') return { ...item, ...defined(intent.body) }
    if (intent.type !== 'checklist.move') return item
    return { ...item, rank: placed(without(items, item.id), intent.body) }
  })
}

function placed(
  items: readonly ChecklistItemView[],
  place: { before?: Id | undefined; after?: Id | undefined },
): string {
  const inOrder = items.toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
  const ranks = new Map(inOrder.map(({ id, rank }) => [id, rank]))
  return rankAt([...ranks.keys()], place, (id) => ranks.get(id)!)
}

function without<Item extends { readonly id: Id }>(items: readonly Item[], id: Id): Item[] {
  return items.filter((item) => item.id !== id)
}

function defined({ text, done }: { text?: string | undefined; done?: boolean | undefined }) {
  return { ...(text === undefined ? {} : { text }), ...(done === undefined ? {} : { done }) }
}
