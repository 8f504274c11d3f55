import { expect, test } from 'vitest'
import type { CardFace } from '#core/contracts/views.ts'
import {
  filtersFromQuery,
  isFiltering,
  matcher,
  NO_FILTERS,
  NOBODY,
  queryFromFilters,
} from './filters.ts'

const card = { id: 'c', columnId: 'k', rank: 'a', number: 118, title: 'Retry the card', version: 1 }
const rich = { ...card, assignees: ['ann'], labels: ['bug'], dueOn: '2026-11-21' }
const matches = (filters: object, face: CardFace = rich) =>
  matcher({ ...NO_FILTERS, ...filters }, { today: '2026-11-21', key: 'CHK' })(face)

test('words are found in title and number, in any order and case', () => {
  expect(matches({ text: 'CARD retry' })).toBe(true)
  expect(matches({ text: 'chk-118' })).toBe(true)
  expect(matches({ text: 'retry bank' })).toBe(false)
})

test('people and labels match any of the wanted, nobody finds the unassigned', () => {
  expect(matches({ assignees: ['jon', 'ann'] })).toBe(true)
  expect(matches({ assignees: [NOBODY] })).toBe(false)
  expect(matches({ assignees: [NOBODY] }, card)).toBe(true)
  expect(matches({ labels: ['ux'] })).toBe(false)
  expect(matches({ labels: ['ux', 'bug'] })).toBe(true)
})

test.each([
  ['overdue', '2026-11-20'],
  ['today', '2026-11-21'],
  ['week', '2026-11-27'],
])('due %s', (due, dueOn) => {
  expect(matches({ due }, { ...rich, dueOn })).toBe(true)
  expect(matches({ due }, { ...rich, dueOn: '2026-11-28' })).toBe(false)
  expect(matches({ due }, card)).toBe(false)
})

test('all filters must match', () => {
  expect(matches({ text: 'retry', labels: ['bug'], due: 'overdue' })).toBe(false)
})

test('an address says the same filters when it is read back', () => {
  const filters = { text: 'two words', assignees: ['ann', NOBODY], labels: ['bug'], due: 'week' }
  expect(filtersFromQuery(queryFromFilters(filters as never))).toEqual(filters)
  expect(filtersFromQuery({ due: 'someday', q: null })).toEqual(NO_FILTERS)
  expect(isFiltering(filtersFromQuery({}))).toBe(false)
})
