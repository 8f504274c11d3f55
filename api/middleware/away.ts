import { isPassing } from '#core/platform/database-errors.ts'

/** The Redis client gives these no code of their own. */
const REDIS_WORDS = /max retries per request|Command timed out|Connection is closed/i

/** Whether the error says that Postgres or Redis does not answer, which passes by itself. */
export function isAway(error: unknown): boolean {
  return isPassing(error) || (error instanceof Error && REDIS_WORDS.test(error.message))
}
