import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '#core/kernel/refusal.ts'

/** What flows may write to one person, all of them together, by whichever process. */
const PER_HOUR_MAX = 60

/** Counts letters of flows by whom they go to; refuses with `mail.too_many` when somebody had enough. */
export function fewLetters(redis: Redis, prefix: string): (email: string) => Promise<void> {
  const limit = { points: PER_HOUR_MAX, duration: 3_600 }
  const counted = new RateLimiterRedis({
    ...limit,
    storeClient: redis,
    keyPrefix: `${prefix}-flow-letters`,
    insuranceLimiter: new RateLimiterMemory(limit),
  })
  return async (email) => {
    try {
      await counted.consume(createHash('sha256').update(email).digest('hex'))
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      const message = `Flows write ${PER_HOUR_MAX} letters an hour to one person at most: write fewer, or notify.`
      throw new Refusal('mail.too_many', message)
    }
  }
}
