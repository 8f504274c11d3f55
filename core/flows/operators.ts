import { durationMs } from './duration.ts'
import { asText } from './filters.ts'

/** Whether what a field holds stands in a relation to the value of the test. */
type Operator = (held: unknown, value: unknown, nowMs: number) => boolean

const isEmpty = (held: unknown) =>
  held === undefined || held === null || held === '' || (Array.isArray(held) && held.length === 0)

const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

const contains = (held: unknown, value: unknown): boolean =>
  Array.isArray(held)
    ? held.some((each) => isSame(each, value))
    : asText(held).toLowerCase().includes(asText(value).toLowerCase())

/** Negative, zero or positive; NaN for what cannot be compared, which makes every test fail. */
function compared(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  return NaN
}

const instantMs = (held: unknown) => (typeof held === 'string' ? Date.parse(held) : NaN)
const spanMs = (value: unknown) => durationMs(asText(value)) ?? NaN

/** The relations that structured tests can ask for. All are total: what does not fit is «no». */
export const OPERATORS = {
  is: (held, value) => isSame(held, value),
  'is not': (held, value) => !isSame(held, value),
  in: (held, value) => Array.isArray(value) && value.some((each) => isSame(held, each)),
  'not in': (held, value) => Array.isArray(value) && !value.some((each) => isSame(held, each)),
  contains,
  'contains not': (held, value) => !contains(held, value),
  'starts with': (held, value) => asText(held).startsWith(asText(value)),
  'ends with': (held, value) => asText(held).endsWith(asText(value)),
  '>': (held, value) => compared(held, value) > 0,
  '>=': (held, value) => compared(held, value) >= 0,
  '<': (held, value) => compared(held, value) < 0,
  '<=': (held, value) => compared(held, value) <= 0,
  'is empty': isEmpty,
  'is set': (held) => !isEmpty(held),
  'is before now': (held, _, nowMs) => instantMs(held) < nowMs,
  'is after now': (held, _, nowMs) => instantMs(held) > nowMs,
  /** Within so long from now on. */
  'is within': (held, value, nowMs) =>
    instantMs(held) >= nowMs && instantMs(held) <= nowMs + spanMs(value),
  'is older than': (held, value, nowMs) => instantMs(held) < nowMs - spanMs(value),
} as const satisfies Record<string, Operator>

export type OperatorName = keyof typeof OPERATORS
