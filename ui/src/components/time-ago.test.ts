import { expect, test } from 'vitest'
import { timeAgo } from './time-ago.ts'

const NOW = new Date('2026-11-21T12:00:00Z')

test.each([
  ['2026-11-21T12:00:30Z', 'now'],
  ['2026-11-21T11:59:20Z', 'now'],
  ['2026-11-21T11:55:00Z', '5 min. ago'],
  ['2026-11-21T09:00:00Z', '3 hr. ago'],
  ['2026-11-20T11:00:00Z', 'yesterday'],
  ['2026-11-03T12:00:00Z', 'Nov 3'],
  ['2025-11-03T12:00:00Z', 'Nov 3, 2025'],
])('%s is told as «%s»', (at, words) => {
  expect(timeAgo(new Date(at), NOW, 'en')).toBe(words)
})

test('German readers get German words', () => {
  expect(timeAgo(new Date('2026-11-20T11:00:00Z'), NOW, 'de')).toBe('gestern')
})
