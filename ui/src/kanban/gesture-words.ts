import type { CardChanges } from '#core/contracts/kanban.ts'
import type { Id } from '#core/kernel/ids.ts'
import { t } from '../shell/i18n/i18n.ts'
import type { BoardState } from './board-state.ts'
import type { Intent } from './command.ts'
import { localDay } from './days.ts'
import { valueWords } from './value-words.ts'

/** The names of a card's fields stand in its panel. */
const FIELDS: Readonly<Record<string, string>> = {
  title: 'panel.cardTitle',
  dueOn: 'panel.due',
  priority: 'panel.priority',
  points: 'panel.points',
  colour: 'panel.colour',
}

/** What a gesture did, in words; nothing for what whoever asked for it says better. */
export function wordsOf(intents: readonly Intent[], state: BoardState): string | undefined {
  const [first] = intents
  if (!first) return undefined
  const { type } = first
  if (type.startsWith('column.')) return columnWords(first, state)
  const cardIds = intents.filter((one) => one.type === type).map(({ targetId }) => targetId)
  return cardWords(first, cardsName(cardIds, state), state)
}

function cardWords(intent: Intent, card: string, state: BoardState): string | undefined {
  const person = (id: Id) => valueWords('assignee', id, about(state))
  switch (intent.type) {
    case 'card.edit':
      return t('said.edited', { card, what: changesWords(intent.body.changes, state) })
    case 'card.move':
      return t('board.moved', { card, column: columnName(intent.body.columnId, state) })
    case 'card.label':
      return t('said.labelled', { card, what: labelName(intent.body.labelId, state) })
    case 'card.unlabel':
      return t('said.unlabelled', { card, what: labelName(intent.body.labelId, state) })
    case 'card.assign':
      return t('said.assigned', { card, what: person(intent.body.userId) })
    case 'card.unassign':
      return t('said.unassigned', { card, what: person(intent.body.userId) })
    case 'card.restore':
    case 'card.recover':
      return t('said.back', { card })
    default:
      return undefined
  }
}

function columnWords(intent: Intent, state: BoardState): string | undefined {
  const column = columnName(intent.targetId, state)
  const total = state.columns.value.length
  switch (intent.type) {
    case 'column.create':
      return t('said.columnAdded', { column: intent.body.name })
    case 'column.rename':
      return t('said.columnRenamed', { column: intent.body.name })
    case 'column.move': {
      const place = state.columns.value.findIndex(({ id }) => id === intent.targetId) + 1
      return t('said.columnMoved', { column, place, total })
    }
    case 'column.limit': {
      const { wipLimit } = intent.body
      if (wipLimit === null) return t('said.columnUnlimited', { column })
      return t('said.columnLimited', { column, n: wipLimit })
    }
    case 'column.restore':
      return t('said.columnBack')
    default:
      return undefined
  }
}

function changesWords({ description, ...fields }: CardChanges, state: BoardState): string {
  const words = Object.entries(fields).map(
    ([field, value]) => `${t(FIELDS[field]!)} ${valueWords(field, value, about(state))}`,
  )
  if (description !== undefined) words.push(t('said.description'))
  return words.join(', ')
}

/** One card by its number, or its title until the server has numbered it; of several how many. */
function cardsName(cardIds: readonly Id[], state: BoardState): string {
  if (cardIds.length > 1) return t('board.cards', cardIds.length)
  const card = state.cards.get(cardIds[0]!)
  if (!card) return t('board.card')
  return card.number > 0 ? `${state.board.value?.project.key}-${card.number}` : card.title
}

function columnName(columnId: Id, state: BoardState): string {
  return state.columns.value.find(({ id }) => id === columnId)?.name ?? ''
}

function labelName(labelId: Id, state: BoardState): string {
  return state.labels.value.get(labelId)?.name ?? ''
}

function about(state: BoardState) {
  return { members: state.members.value, today: localDay(new Date()) }
}
