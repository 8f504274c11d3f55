import type { LocationQuery } from 'vue-router'

export const DECISIONS = ['allowed', 'denied', 'refused'] as const
export const DAYS = ['1', '7', '30'] as const
const DAY_MS = 24 * 3_600 * 1_000

/** What is looked for, as it stands in the address. */
export interface TrailFilters {
  readonly actorId?: string
  readonly action?: string
  readonly decision?: string
  readonly targetId?: string
  /** How many days back. */
  readonly days?: string
}

const NAMES = ['actorId', 'action', 'decision', 'targetId', 'days'] as const

export function filtersFromQuery(query: LocationQuery): TrailFilters {
  const given = NAMES.map((name) => [name, query[name]] as const)
  return Object.fromEntries(given.filter(([, value]) => typeof value === 'string' && value !== ''))
}

/** The same as the API asks for it. */
export function trailQuery({ days, ...others }: TrailFilters, nowMs = Date.now()): URLSearchParams {
  const isKnown = DAYS.some((each) => each === days)
  const from = isKnown && { from: new Date(nowMs - Number(days) * DAY_MS).toISOString() }
  return new URLSearchParams({ ...others, ...from })
}
