import { z } from 'zod'
import { durationMs } from '#core/flows/duration.ts'
import { WAIT_DAYS_MAX } from '#core/flows/limits.ts'

const DAY_MS = 86_400_000

/** How long: ISO 8601, from a second to a year, such as PT15M or P2D. */
export const Duration = z
  .string()
  .max(40)
  .refine(
    (text) => {
      const ms = durationMs(text) ?? 0
      return ms >= 1_000 && ms <= WAIT_DAYS_MAX * DAY_MS
    },
    { error: `is a duration from PT1S to P${WAIT_DAYS_MAX}D, such as PT15M or P2D` },
  )
