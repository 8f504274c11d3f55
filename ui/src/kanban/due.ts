import { type Day, daysBetween } from './days.ts'

export type DueTone = 'late' | 'soon' | 'later'

/** How pressing a day is. */
export function dueTone(dueOn: Day, today: Day): DueTone {
  const left = daysBetween(today, dueOn)
  if (left < 0) return 'late'
  return left <= 1 ? 'soon' : 'later'
}

/** «Yesterday», «tomorrow», «Nov 28» or, in another year, «Nov 28, 2027», in the reader's words. */
export function dueText(dueOn: Day, today: Day, locale: string): string {
  const left = daysBetween(today, dueOn)
  const formats = formatsOf(locale)
  if (Math.abs(left) <= 1) {
    const words = formats.relative.format(left, 'day')
    return words.charAt(0).toLocaleUpperCase(locale) + words.slice(1)
  }
  const format = dueOn.slice(0, 4) === today.slice(0, 4) ? formats.day : formats.dayAndYear
  return format.format(new Date(`${dueOn}T00:00:00Z`))
}

const known = new Map<string, ReturnType<typeof makeFormats>>()

/** Making a format costs more than using it for all cards in view. */
function formatsOf(locale: string) {
  const formats = known.get(locale) ?? makeFormats(locale)
  known.set(locale, formats)
  return formats
}

function makeFormats(locale: string) {
  const day = { month: 'short', day: 'numeric', timeZone: 'UTC' } as const
  return {
    relative: new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    day: new Intl.DateTimeFormat(locale, day),
    dayAndYear: new Intl.DateTimeFormat(locale, { ...day, year: 'numeric' }),
  }
}
