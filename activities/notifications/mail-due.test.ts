import { expect, test } from 'vitest'
import { mailDue } from './mail-due.ts'

const at = (text: string) => new Date(text)

test.each([
  ['before eight it is today', 'UTC', '2026-11-21T07:59:59Z', '2026-11-21T08:00:00Z'],
  ['at eight it is tomorrow', 'UTC', '2026-11-21T08:00:00Z', '2026-11-22T08:00:00Z'],
  ['it is eight where they live', 'Europe/Berlin', '2026-11-21T12:00:00Z', '2026-11-22T07:00:00Z'],
  ['a day ahead', 'Pacific/Kiritimati', '2026-11-21T17:00:00Z', '2026-11-21T18:00:00Z'],
  ['clocks go forward in between', 'Europe/Berlin', '2026-03-28T12:00:00Z', '2026-03-29T06:00:00Z'],
  ['clocks go back in between', 'Europe/Berlin', '2026-10-24T12:00:00Z', '2026-10-25T07:00:00Z'],
  ['who chose no zone lives by UTC', null, '2026-11-21T12:00:00Z', '2026-11-22T08:00:00Z'],
  ['a zone by a name of old', 'IST', '2026-11-21T12:00:00Z', '2026-11-22T02:30:00Z'],
  [
    'nor who chose one nobody knows',
    'Mars/Olympus',
    '2026-11-21T12:00:00Z',
    '2026-11-22T08:00:00Z',
  ],
])('the daily letter: %s', (_, timeZone, now, due) => {
  expect(mailDue('daily', timeZone, at(now))).toEqual(at(due))
})

test('at once is now, and never is never', () => {
  const now = at('2026-11-21T12:00:00Z')
  expect(mailDue('at_once', 'Europe/Berlin', now)).toEqual(now)
  expect(mailDue('never', 'Europe/Berlin', now)).toBeNull()
})
