import { durationMs } from './duration.ts'

export type Filter = (value: unknown, argument: string | undefined) => unknown

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const missing = (value: unknown) => value === undefined || value === null || value === ''

/** A day or an instant moved by a duration; whatever is neither stays as it is. */
function moved(value: unknown, argument: string | undefined, sign: 1 | -1): unknown {
  const ms = durationMs(argument ?? '')
  const fromMs = typeof value === 'string' ? Date.parse(value) : NaN
  if (ms === null || Number.isNaN(fromMs)) return value
  const to = new Date(fromMs + sign * ms)
  // Beyond the years there are.
  if (Number.isNaN(to.getTime())) return value
  return (value as string).length === 10 ? to.toISOString().slice(0, 10) : to.toISOString()
}

/** What `{{ path | filter: argument }}` can do to a value. All are total: none fails or loops. */
export const FILTERS = {
  upper: (value) => asText(value).toUpperCase(),
  lower: (value) => asText(value).toLowerCase(),
  trim: (value) => asText(value).trim(),
  default: (value, argument) => (missing(value) ? (argument ?? '') : value),
  first: (value) => list(value)[0],
  last: (value) => list(value).at(-1),
  size: (value) => (Array.isArray(value) ? value.length : asText(value).length),
  join: (value, argument) =>
    list(value)
      .map(asText)
      .join(argument ?? ', '),
  date: (value) => asText(value).slice(0, 10).toWellFormed(),
  plus: (value, argument) => moved(value, argument, 1),
  minus: (value, argument) => moved(value, argument, -1),
  json: (value) => JSON.stringify(value ?? null),
  cut: (value, argument) => [...asText(value)].slice(0, Number(argument) || 80).join(''),
} as const satisfies Record<string, Filter>

export type FilterName = keyof typeof FILTERS

/** A value as it stands in a sentence. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
