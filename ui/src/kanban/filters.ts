import type { CardFace } from '#core/contracts/views.ts'
import type { Id } from '#core/kernel/ids.ts'
import { type Day, daysBetween } from './days.ts'

export const DUE_FILTERS = ['overdue', 'today', 'week', 'none'] as const
export type DueFilter = (typeof DUE_FILTERS)[number]

/** What narrows the board; kept in the address, so that a link shows the same. */
export interface Filters {
  readonly text: string
  /** Any of these; NOBODY stands for «unassigned». */
  readonly assignees: readonly Id[]
  /** Any of these. */
  readonly labels: readonly Id[]
  readonly due: DueFilter | undefined
}

export const NOBODY = 'nobody'
export const NO_FILTERS: Filters = { text: '', assignees: [], labels: [], due: undefined }

/** How many days «this week» looks ahead. */
const WEEK_DAYS = 7

export function isFiltering({ text, assignees, labels, due }: Filters): boolean {
  return text !== '' || assignees.length > 0 || labels.length > 0 || due !== undefined
}

/** A test for cards, made once per change of the filters. `key` is the project's, as in CHK-118. */
export function matcher(
  filters: Filters,
  { today, key }: { today: Day; key: string },
): (card: CardFace) => boolean {
  const words = filters.text.toLowerCase().split(/\s+/).filter(Boolean)
  return (card) =>
    (words.length === 0 || hasWords(card, words, key)) &&
    (filters.assignees.length === 0 || isAssigned(card, filters.assignees)) &&
    (filters.labels.length === 0 || filters.labels.some((id) => card.labels?.includes(id))) &&
    (filters.due === undefined || isDue(card, filters.due, today))
}

function hasWords(card: CardFace, words: readonly string[], key: string): boolean {
  const text = `${key}-${card.number} ${card.title}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

function isAssigned({ assignees = [] }: CardFace, wanted: readonly Id[]): boolean {
  if (assignees.length === 0) return wanted.includes(NOBODY)
  return assignees.some((id) => wanted.includes(id))
}

function isDue({ dueOn }: CardFace, due: DueFilter, today: Day): boolean {
  if (dueOn === undefined) return due === 'none'
  const left = daysBetween(today, dueOn)
  switch (due) {
    case 'overdue':
      return left < 0
    case 'today':
      return left === 0
    case 'week':
      return left >= 0 && left < WEEK_DAYS
    case 'none':
      return false
  }
}

type Query = Readonly<Record<string, string | null | (string | null)[] | undefined>>

export function filtersFromQuery(query: Query): Filters {
  const due = DUE_FILTERS.find((name) => name === query['due'])
  return {
    text: one(query['q']),
    assignees: list(query['assignee']),
    labels: list(query['label']),
    due,
  }
}

/** The query's part for these filters; undefined takes a key out of the address. */
export function queryFromFilters(filters: Filters): Record<string, string | undefined> {
  return {
    q: filters.text || undefined,
    assignee: filters.assignees.join(',') || undefined,
    label: filters.labels.join(',') || undefined,
    due: filters.due,
  }
}

function one(value: Query[string]): string {
  return typeof value === 'string' ? value : ''
}

function list(value: Query[string]): string[] {
  return one(value).split(',').filter(Boolean)
}
