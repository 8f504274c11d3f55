/** The longest name there is has half of it. */
export const TIME_ZONE_CHARS_MAX = 64

/** Whether this is the name of a time zone, as IANA has them. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    // «+02:00» is taken too, but is no place: it would be wrong for half of the year.
    return /^[A-Z]/i.test(name)
  } catch {
    return false
  }
}

const known = new Map<string | undefined, Intl.DateTimeFormat>()

/** The day it then is in a time zone, as YYYY-MM-DD; in the computer's own without one. */
export function dayIn(at: Date, timeZone?: string): string {
  // Making a format costs a hundred times what using it does.
  const format = known.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone })
  known.set(timeZone, format)
  return format.format(at)
}

/**
 * Where somebody lives as letters and reminders have it: UTC for who chose nothing we know here. By
 * its own name, for Temporal knows none of the old ones, such as IST, that may have been chosen.
 */
export const zoneOf = (chosen: string | null): string =>
  chosen !== null && isTimeZone(chosen)
    ? new Intl.DateTimeFormat('en', { timeZone: chosen }).resolvedOptions().timeZone
    : 'UTC'
