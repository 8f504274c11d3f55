import { expect, test } from 'vitest'
import { spreadRanks } from '#core/kernel/rank.ts'
import { rankAmong, type WantedPlace } from './column-place.ts'

const others = spreadRanks(3).map((rank, index) => ({ id: 'abc'[index]!, rank }))

/** The order of the columns once X is where it is wanted. */
function order(wanted: WantedPlace): string {
  const placed = [...others, { id: 'X', rank: rankAmong(others, wanted) }]
  expect(new Set(placed.map(({ rank }) => rank)).size).toBe(4)
  return placed
    .sort((left, right) => (left.rank < right.rank ? -1 : 1))
    .map(({ id }) => id)
    .join('')
}

test.each([
  [{}, 'abcX'],
  [{ before: 'a' }, 'Xabc'],
  [{ before: 'b' }, 'aXbc'],
  [{ after: 'b' }, 'abXc'],
  [{ after: 'c' }, 'abcX'],
  [{ before: 'gone' }, 'abcX'],
  [{ after: 'gone' }, 'abcX'],
])('a column wanted %o stands there', (wanted, expected) => {
  expect(order(wanted)).toBe(expected)
})

test('a rank it had before is given back while it is free, else the next one behind', () => {
  const [, second] = others
  const free = rankAmong(others, { before: 'b' })
  expect(rankAmong(others, { rank: free })).toBe(free)
  expect(order({ rank: second!.rank })).toBe('abXc')
  expect(order({ rank: others[2]!.rank })).toBe('abcX')
})

test('the first column of all gets a rank', () => {
  expect(rankAmong([], {})).toMatch(/^[0-9A-Za-z]+$/)
  expect(rankAmong([], { before: 'gone', rank: undefined })).toBe(rankAmong([], {}))
})
