import { expect, test } from 'vitest'
import { dueText, dueTone } from './due.ts'

test.each([
  ['2026-11-20', 'Yesterday', 'late'],
  ['2026-11-21', 'Today', 'soon'],
  ['2026-11-22', 'Tomorrow', 'soon'],
  ['2026-11-28', 'Nov 28', 'later'],
  ['2027-01-02', 'Jan 2, 2027', 'later'],
])('%s is %s', (dueOn, text, tone) => {
  expect(dueText(dueOn, '2026-11-21', 'en')).toBe(text)
  expect(dueTone(dueOn, '2026-11-21')).toBe(tone)
})

test('the words are the reader’s', () => {
  expect(dueText('2026-11-22', '2026-11-21', 'de')).toBe('Morgen')
})
