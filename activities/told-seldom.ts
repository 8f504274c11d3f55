import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { Refusal } from '#core/kernel/refusal.ts'

/** What flows may tell one person in an hour, all of them together, by whichever process. */
const MOST = { letters: 60, news: 300 } as const
const CODES = { letters: 'mail.too_many', news: 'inbox.too_many' } as const

/** Counts what flows tell somebody; refuses with `mail.too_many` or `inbox.too_many` when it was enough. */
export function toldSeldom(
  redis: Redis,
  prefix: string,
  what: keyof typeof MOST,
): (whom: string) => Promise<void> {
  const limit = { points: MOST[what], duration: 3_600 }
  const counted = new RateLimiterRedis({
    ...limit,
    storeClient: redis,
    keyPrefix: `${prefix}-flow-${what}`,
    insuranceLimiter: new RateLimiterMemory(limit),
  })
  return async (whom) => {
    try {
      await counted.consume(createHash('sha256').update(whom).digest('hex'))
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error
      const message = `Flows send one person ${MOST[what]} ${what} an hour at most: let them tell less.`
      throw new Refusal(CODES[what], message)
    }
  }
}
