import { expect, test } from 'vitest'
import { placeAt, rankAt } from './place.ts'

const ranks: Record<string, string> = { a: 'D', b: 'K', c: 'K' }
const rank = (ids: string[], place: object) => rankAt(ids, place, (id) => ranks[id]!)

test('a place names the neighbour above it, or the one below at the top', () => {
  expect(placeAt(['a', 'b'], 1)).toEqual({ after: 'a' })
  expect(placeAt(['a', 'b'], 0)).toEqual({ before: 'a' })
  expect(placeAt([], 0)).toEqual({})
})

test('its rank lies between the neighbours', () => {
  expect(rank(['a', 'b'], { after: 'a' }) > 'D').toBe(true)
  expect(rank(['a', 'b'], { before: 'b' }) < 'K').toBe(true)
  expect(rank(['a', 'b'], { before: 'a' }) < 'D').toBe(true)
})

test('a neighbour that is gone means the end, as on the server', () => {
  expect(rank(['a', 'b'], { after: 'gone' }) > 'K').toBe(true)
  expect(rank([], {})).not.toBe('')
})

test('equal ranks do not break a drop', () => {
  expect(rank(['b', 'c'], { after: 'b' })).toBe('K')
})
