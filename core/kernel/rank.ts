/**
 * Fractional ranks: texts that sort bytewise (Postgres: collate "C") and between any two of which
 * there is another. A rank is read as digits of base 62 behind a point; it never ends in '0', so
 * that there is always room below it.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE = DIGITS.length

/** Past this length a column gets its ranks spread anew. */
export const RANK_LENGTH_MAX = 40

/**
 * A rank after `low` and before `high`; null stands for the column's end on that side.
 * Throws when `low` does not sort before `high`.
 */
export function rankBetween(low: string | null, high: string | null): string {
  if (low !== null && high !== null && low >= high) {
    throw new RangeError(`There is no rank between ${low} and ${high}.`)
  }
  if (high === null) return rankAfter(low ?? '')
  return midpoint(low ?? '', high)
}

/** `count` short ranks, evenly spread, in order. */
export function spreadRanks(count: number): string[] {
  const width = Math.max(2, Math.ceil(Math.log(count + 2) / Math.log(BASE)) + 1)
  const step = Math.floor(BASE ** width / (count + 1))
  return Array.from({ length: count }, (_, index) => digitsOf((index + 1) * step, width))
}

/** Appending is what columns see most, so it grows by one step of the third digit, not by halves. */
function rankAfter(low: string): string {
  const head = low.slice(0, 3).padEnd(3, '0')
  const next = valueOf(head) + 1
  if (next < BASE ** 3) return digitsOf(next, 3)
  return midpoint(low, null)
}

function midpoint(low: string, high: string | null): string {
  let shared = 0
  while (high !== null && (low[shared] ?? '0') === high[shared]) shared += 1
  if (shared > 0 && high !== null) {
    return high.slice(0, shared) + midpoint(low.slice(shared), high.slice(shared))
  }
  const lowDigit = low ? DIGITS.indexOf(low[0]!) : 0
  const highDigit = high ? DIGITS.indexOf(high[0]!) : BASE
  if (highDigit - lowDigit > 1) return DIGITS[Math.round((lowDigit + highDigit) / 2)]!
  if (high !== null && high.length > 1) return high[0]!
  return DIGITS[lowDigit]! + midpoint(low.slice(1), null)
}

function valueOf(digits: string): number {
  let value = 0
  for (const digit of digits) value = value * BASE + DIGITS.indexOf(digit)
  return value
}

/** Trailing zeros are dropped: they would leave no room below the rank. */
function digitsOf(value: number, width: number): string {
  let digits = ''
  for (let rest = value, place = 0; place < width; place += 1, rest = Math.floor(rest / BASE)) {
    digits = DIGITS[rest % BASE]! + digits
  }
  return digits.replace(/0+$/, '')
}
