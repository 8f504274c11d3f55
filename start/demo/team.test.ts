import { expect, test } from 'vitest'
import { team } from './team.ts'

const NOW = new Date('2026-11-21T12:00:00Z')

test('the team’s board is the same each time it is told', () => {
  expect(team(NOW)).toEqual(team(NOW))
})

test('no two cards of the team are the same work, and no limit is broken', () => {
  const { columns } = team(NOW).board
  const titles = columns.flatMap(({ cards }) => cards.map((card) => card.title))
  expect(new Set(titles).size).toBe(titles.length)
  for (const { cards, wipLimit = Infinity } of columns) {
    expect(cards.length).toBeLessThanOrEqual(wipLimit)
  }
})

test('what people said came after the card and not after today', () => {
  const cards = team(NOW).board.columns.flatMap((column) => column.cards)
  for (const { createdAt, comments = [] } of cards) {
    for (const { at } of comments) {
      expect(at >= createdAt && at <= NOW).toBe(true)
    }
  }
})
