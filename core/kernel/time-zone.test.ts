import { expect, test } from 'vitest'
import { dayIn, isTimeZone } from './time-zone.ts'

test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata'])(
  '%s is a time zone',
  (name) => expect(isTimeZone(name)).toBe(true),
)

test.each(['', 'Mars/Olympus', '+02:00', 'Europe/Berlin ', 'Europe', "UTC'; drop"])(
  '«%s» is none',
  (name) => expect(isTimeZone(name)).toBe(false),
)

test('the day is that of the place', () => {
  const at = new Date('2026-11-21T23:30:00Z')
  expect(dayIn(at, 'UTC')).toBe('2026-11-21')
  expect(dayIn(at, 'Europe/Berlin')).toBe('2026-11-22')
  expect(dayIn(at, 'Pacific/Honolulu')).toBe('2026-11-21')
})
