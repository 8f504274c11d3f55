import type { EmailTime } from '#core/kernel/choices.ts'
import { zoneOf } from '#core/kernel/time-zone.ts'

const MORNING_HOUR = 8

/** When news goes out by mail: now, on the next morning where somebody lives, or never. */
export function mailDue(time: EmailTime, timeZone: string | null, now: Date): Date | null {
  if (time === 'never') return null
  return time === 'at_once' ? now : nextMorning(zoneOf(timeZone), now)
}

/** The next time it is eight o'clock there; on a day whose clocks skip that hour, an hour later. */
function nextMorning(timeZone: string, now: Date): Date {
  const there = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone)
  const morningOf = (day: Temporal.PlainDate) =>
    day.toZonedDateTime({ timeZone, plainTime: { hour: MORNING_HOUR } })
  const today = there.toPlainDate()
  const morning = morningOf(today)
  const isOver = Temporal.ZonedDateTime.compare(morning, there) <= 0
  return new Date((isOver ? morningOf(today.add({ days: 1 })) : morning).epochMilliseconds)
}
