import { addDays, type Day, weekdayOf } from './days.ts'

/** English and German are both understood, whatever language the page is in. */
const RELATIVE: Readonly<Record<string, number>> = {
  today: 0,
  heute: 0,
  tomorrow: 1,
  morgen: 1,
  übermorgen: 2,
  'next week': 7,
  'nächste woche': 7,
}
const WEEKDAYS: readonly (readonly string[])[] = [
  ['sunday', 'sun', 'sonntag'],
  ['monday', 'mon', 'montag'],
  ['tuesday', 'tue', 'dienstag'],
  ['wednesday', 'wed', 'mittwoch'],
  ['thursday', 'thu', 'donnerstag'],
  ['friday', 'fri', 'freitag'],
  ['saturday', 'sat', 'samstag'],
]
const DAYS_AHEAD_MAX = 366

/** The day these words name, seen from `today`, or nothing. A weekday is the next one to come. */
export function readDay(words: string, today: Day): Day | undefined {
  const text = words.toLowerCase()
  const relative = RELATIVE[text]
  if (relative !== undefined) return addDays(today, relative)
  const weekday = WEEKDAYS.findIndex((names) => names.includes(text))
  if (weekday >= 0) return addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1)
  const ahead = /^in (\d{1,3}) (?:days?|tage?n?)$/.exec(text)
  if (ahead && Number(ahead[1]) <= DAYS_AHEAD_MAX) return addDays(today, Number(ahead[1]))
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? realDay(text) : undefined
}

function realDay(text: string): Day | undefined {
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text) ? text : undefined
}
