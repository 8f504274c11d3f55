import { dayIn } from '#core/kernel/time-zone.ts'

const MINUTE_MS = 60_000
/** Each unit is used up to the next one's size; past the last, the day is named. */
const UNITS = [
  ['minute', MINUTE_MS],
  ['hour', 60 * MINUTE_MS],
  ['day', 24 * 60 * MINUTE_MS],
] as const
const DAYS_MAX = 7

/** «now», «5 min. ago», «yesterday» or, after a week, «Nov 3», in the reader's words. */
export function timeAgo(at: Date, now: Date, locale: string, timeZone?: string): string {
  const passedMs = Math.max(0, now.getTime() - at.getTime())
  const [, dayMs] = UNITS[2]
  if (passedMs >= DAYS_MAX * dayMs) {
    const isThisYear = yearOf(at, timeZone) === yearOf(now, timeZone)
    const year = isThisYear ? {} : { year: 'numeric' as const }
    return at.toLocaleDateString(locale, { timeZone, month: 'short', day: 'numeric', ...year })
  }
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  const unit = UNITS.findLast(([, sizeMs]) => passedMs >= sizeMs)
  if (!unit) return words.format(0, 'second')
  return words.format(-Math.floor(passedMs / unit[1]), unit[0])
}

const yearOf = (at: Date, timeZone?: string) => dayIn(at, timeZone).slice(0, 4)
