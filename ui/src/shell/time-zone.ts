import { shallowRef } from 'vue'
import { isTimeZone } from '#core/kernel/time-zone.ts'
import { keep, kept } from './kept.ts'

const TIME_ZONE = 'time-zone'

/** The time zone the person chose; undefined is the browser's own. */
export const timeZone = shallowRef(usable(kept(TIME_ZONE)))

/** Shows times and days as they are there from now on. */
export function liveIn(chosen: string | null): void {
  timeZone.value = usable(chosen)
  keep(TIME_ZONE, chosen)
}

/** A browser may not know a zone that was chosen in another. */
function usable(name: string | null): string | undefined {
  return name !== null && isTimeZone(name) ? name : undefined
}
