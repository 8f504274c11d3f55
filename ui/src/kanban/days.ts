import { dayIn } from '#core/kernel/time-zone.ts'
import { timeZone } from '../shell/time-zone.ts'

/** Days are texts YYYY-MM-DD without a time zone; «today» is the day where the reader lives. */
export type Day = string

export const localDay = (at: Date): Day => dayIn(at, timeZone.value)

export function addDays(day: Day, count: number): Day {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + count)
  return at.toISOString().slice(0, 10)
}

/** Whole days from one day to another; negative when `to` lies before. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** 0 is Sunday. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}
