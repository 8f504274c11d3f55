/**
 * How long to wait before trying again. Doubles from attempt to attempt, and is spread so that all
 * browsers do not come back at once.
 */
export function backoffMs(attempt: number, minMs: number, maxMs: number): number {
  return Math.min(maxMs, minMs * 2 ** attempt) * (0.5 + Math.random() / 2)
}
