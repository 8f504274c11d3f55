import { useI18n } from 'vue-i18n'
import type { CardFace, ColumnView } from '#core/contracts/views.ts'
import { newId, type Id } from '#core/kernel/ids.ts'
import type { Intent } from './command.ts'
import { placeAt } from './place.ts'
import type { QuickCard } from './quick-add.ts'
import type { RunOptions } from './runner.ts'
import { useBoard } from './store.ts'
import { NO_VALUE } from './swimlanes.ts'
import { tellHidden } from './tell-hidden.ts'
import { type Target, useBoardView } from './view-store.ts'

export type CardEdit = Extract<Intent, { type: 'card.edit' }>['body']['changes']

/** What people do to cards, one or many at once; each is one gesture, undone as one. */
export function useCardGestures() {
  const board = useBoard()
  const view = useBoardView()
  const { t } = useI18n()

  const faces = (cardIds: readonly Id[]) => cardIds.flatMap((id) => board.cards.get(id) ?? [])
  const name = (cardIds: readonly Id[]) =>
    cardIds.length === 1 ? board.numberOf(cardIds[0]!) : t('board.cards', cardIds.length)

  /** Carries the cards to the target, each below the one before. */
  function move(cardIds: readonly Id[], target: Target): void {
    const carried = new Set(cardIds)
    const shown = view.idsOf(target)
    const rest = shown.filter((id) => !carried.has(id))
    const index = shown.slice(0, target.index).filter((id) => !carried.has(id)).length
    if (isThere(cardIds, target, index)) return
    const moves = cardIds.map((cardId, count): Intent => {
      const place = count === 0 ? placeAt(rest, index) : { after: cardIds[count - 1]! }
      const body = { columnId: target.columnId, ...place }
      return { type: 'card.move', targetId: cardId, body }
    })
    const said = t('board.moved', { card: name(cardIds), column: columnName(target.columnId) })
    const added = faces(cardIds).filter(({ columnId }) => columnId !== target.columnId).length
    const told = withNotes(said, overLimitHere(target.columnId, added))
    void board.run([...laneChanges(cardIds, target.lane), ...moves], told)
  }

  /** To the end of a column. */
  function moveToColumn(cardIds: readonly Id[], columnId: Id): void {
    move(cardIds, { columnId, index: view.idsOf({ columnId }).length })
  }

  function isThere(cardIds: readonly Id[], target: Target, index: number): boolean {
    const cell = view.cellOf(cardIds[0]!)
    if (!cell || cell.columnId !== target.columnId || cell.lane !== target.lane) return false
    const shown = view.idsOf(target)
    return cardIds.every((id, count) => shown[index + count] === id)
  }

  /** Dropping into a lane gives the card the lane's value. */
  function laneChanges(cardIds: readonly Id[], lane: string | undefined): Intent[] {
    if (lane === undefined) return []
    return faces(cardIds).flatMap((card) => laneChange(card, lane))
  }

  function laneChange(card: CardFace, lane: string): Intent[] {
    const value = lane === NO_VALUE ? undefined : lane
    switch (view.grouping) {
      case 'assignee':
        return swap(card.assignees?.[0], value, (type, userId) => ({
          type: type === 'add' ? 'card.assign' : 'card.unassign',
          targetId: card.id,
          body: { userId },
        }))
      case 'label':
        return swap(card.labels?.[0], value, (type, labelId) => ({
          type: type === 'add' ? 'card.label' : 'card.unlabel',
          targetId: card.id,
          body: { labelId },
        }))
      case 'priority':
        if (String(card.priority ?? '') === (value ?? '')) return []
        return [edit(card, { priority: value === undefined ? null : Number(value) })]
      case 'none':
        return []
    }
  }

  function change(cardIds: readonly Id[], changes: CardEdit): void {
    void board.run(faces(cardIds).map((card) => edit(card, changes)))
  }

  /** Gives the label to all, or takes it from all when all have it. */
  function toggleLabel(cardIds: readonly Id[], labelId: Id): void {
    const cards = faces(cardIds)
    const all = cards.every(({ labels }) => labels?.includes(labelId))
    const type = all ? 'card.unlabel' : 'card.label'
    const meant = cards.filter(({ labels }) => all || !labels?.includes(labelId))
    void board.run(meant.map(({ id }) => ({ type, targetId: id, body: { labelId } })))
  }

  /** Assigns all, or unassigns all when all are assigned. */
  function toggleAssignee(cardIds: readonly Id[], userId: Id): void {
    const cards = faces(cardIds)
    const all = cards.every(({ assignees }) => assignees?.includes(userId))
    const type = all ? 'card.unassign' : 'card.assign'
    const meant = cards.filter(({ assignees }) => all || !assignees?.includes(userId))
    void board.run(meant.map(({ id }) => ({ type, targetId: id, body: { userId } })))
  }

  function archive(cardIds: readonly Id[]): void {
    const said = t('board.archived', { card: name(cardIds) })
    const intents = cardIds.map((id): Intent => ({ type: 'card.archive', targetId: id, body: {} }))
    void board.run(intents, { said, toast: true })
    view.clearSelection()
  }

  /** Adds cards to the end of a column, in order; answers their ids. `notes` are shown as well. */
  function create(
    cards: readonly QuickCard[],
    columnId: Id,
    lane?: string,
    notes: readonly string[] = [],
  ): Id[] {
    const ids = cards.map(() => newId())
    const intents = cards.map((card, index): Intent => {
      const body = { cardId: ids[index]!, columnId, ...withLane(card, lane) }
      return { type: 'card.create', targetId: board.boardId!, body }
    })
    const what = cards.length === 1 ? cards[0]!.title : t('board.cards', cards.length)
    const all = [...overLimitHere(columnId, cards.length), ...notes]
    const told = withNotes(t('board.created', { card: what }), all)
    void board.run(intents, told)
    tellHidden(ids, told.said)
    return ids
  }

  /** A card added in a lane starts with the lane's value. */
  function withLane(card: QuickCard, lane: string | undefined): QuickCard {
    if (lane === undefined || lane === NO_VALUE) return card
    switch (view.grouping) {
      case 'assignee':
        return { ...card, assignees: [lane, ...card.assignees.filter((id) => id !== lane)] }
      case 'label':
        return { ...card, labels: [lane, ...card.labels.filter((id) => id !== lane)] }
      case 'priority':
        return { ...card, priority: card.priority ?? Number(lane) }
      case 'none':
        return card
    }
  }

  /** Said of a column that only warns when so many more cards bring it above its limit. */
  function overLimit(column: ColumnView, count: number, added: number): string[] {
    const { name: what, wipLimit, wipMode } = column
    const n = count + added
    if (wipMode !== 'warn' || wipLimit === null || added === 0 || n <= wipLimit) return []
    return [t('board.overLimit', { column: what, n, limit: wipLimit })]
  }

  function overLimitHere(columnId: Id, added: number): string[] {
    const column = board.columns.find(({ id }) => id === columnId)
    const count = board.cells.get(columnId)?.length ?? 0
    return column ? overLimit(column, count, added) : []
  }

  function columnName(columnId: Id): string {
    return board.columns.find(({ id }) => id === columnId)?.name ?? ''
  }

  return {
    name,
    overLimit,
    move,
    moveToColumn,
    change,
    toggleLabel,
    toggleAssignee,
    archive,
    create,
  }
}

/** What was done is only heard; when there is more to know it is shown, with the way back. */
function withNotes(said: string, notes: readonly string[]): RunOptions & { said: string } {
  return { said: [said, ...notes].join('. '), toast: notes.length > 0 }
}

function edit(card: CardFace, changes: CardEdit): Intent {
  return { type: 'card.edit', targetId: card.id, body: { baseVersion: card.version, changes } }
}

/** From one value to another: first the new one, so that the card is never without. */
function swap(
  from: Id | undefined,
  to: Id | undefined,
  intent: (type: 'add' | 'drop', id: Id) => Intent,
): Intent[] {
  if (from === to) return []
  return [
    ...(to === undefined ? [] : [intent('add', to)]),
    ...(from === undefined ? [] : [intent('drop', from)]),
  ]
}
