import { expect, test } from 'vitest'
import { RANK_LENGTH_MAX, rankBetween, spreadRanks } from './rank.ts'

test('a rank lies strictly between its neighbours, wherever cards are dropped', () => {
  const ranks: string[] = []
  let seed = 7
  for (let count = 0; count < 5_000; count += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    const place = seed % (ranks.length + 1)
    const [low, high] = [ranks[place - 1] ?? null, ranks[place] ?? null]
    const rank = rankBetween(low, high)
    if (low !== null) expect(rank > low).toBe(true)
    if (high !== null) expect(rank < high).toBe(true)
    expect(rank.endsWith('0')).toBe(false)
    ranks.splice(place, 0, rank)
  }
})

test('appending five thousand cards keeps ranks at three digits', () => {
  let last: string | null = null
  for (let count = 0; count < 5_000; count += 1) last = rankBetween(last, null)
  expect(last!.length).toBeLessThanOrEqual(3)
})

test('dropping at the top a hundred times stays under the length that respaces a column', () => {
  let first = rankBetween(null, null)
  for (let count = 0; count < 100; count += 1) first = rankBetween(null, first)
  expect(first.length).toBeLessThan(RANK_LENGTH_MAX)
})

test('appending after the highest ranks still finds room', () => {
  expect(rankBetween('zzz', null) > 'zzz').toBe(true)
  expect(rankBetween('zzzz', null) > 'zzzz').toBe(true)
  expect(rankBetween('zz', null) > 'zz').toBe(true)
})

test('neighbours out of order are an error', () => {
  expect(() => rankBetween('b', 'a')).toThrow(RangeError)
  expect(() => rankBetween('a', 'a')).toThrow(RangeError)
})

test('spread ranks are in order, distinct and short', () => {
  for (const count of [1, 2, 61, 62, 63, 5_000]) {
    const ranks = spreadRanks(count)
    expect(new Set(ranks).size).toBe(count)
    expect([...ranks].sort()).toEqual(ranks)
    expect(Math.max(...ranks.map((rank) => rank.length))).toBeLessThanOrEqual(4)
  }
})
