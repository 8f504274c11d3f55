import { timeZone } from './time-zone.ts'

/** «Nov 3, 2026»: the day an instant falls on where the reader lives, in their words. */
export const dayText = (at: string, locale: string): string =>
  new Date(at).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: timeZone.value })
