import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { isOutside, isWithin, networks } from './addresses.ts'
import { askOutside, type Answer, type Asked } from './ask-outside.ts'
import { EgressError } from './egress-error.ts'
import { isListed } from '#core/kernel/listed-host.ts'

const TIME_LIMIT_MS = 15_000
const ANSWER_BYTES_MAX = 48 * 1024
/** What one project may ask for, by whichever process. */
const PER_MINUTE_MAX = 120

/** The one way out for what people make the product ask for. */
export interface Egress {
  /**
   * Asks a server outside for a project, if `hosts` has its name, its address is no private one and
   * the project has not asked too often. Throws an EgressError.
   */
  ask(projectId: string, hosts: readonly string[], asked: Asked): Promise<Answer>
}

export interface EgressSettings {
  readonly redis: Redis
  readonly redisPrefix: string
  /** Private networks that may be reached all the same, as `10.1.0.0/16`; the operator says which. */
  readonly openNetworks: readonly string[]
}

export function openEgress({ redis, redisPrefix, openNetworks }: EgressSettings): Egress {
  const open = networks(openNetworks)
  const limit = { points: PER_MINUTE_MAX, duration: 60 }
  const rates = new RateLimiterRedis({
    ...limit,
    storeClient: redis,
    keyPrefix: `${redisPrefix}-egress`,
    insuranceLimiter: new RateLimiterMemory(limit),
  })
  return {
    async ask(projectId, hosts, asked) {
      await take(rates, projectId, asked.url)
      return await askOutside(asked, {
        isListed: (url) => isListed(hosts, url),
        isOpen: (address) => isOutside(address) || isWithin(open, address),
        timeLimitMs: TIME_LIMIT_MS,
        answerBytesMax: ANSWER_BYTES_MAX,
      })
    },
  }
}

async function take(rates: RateLimiterRedis, projectId: string, url: string): Promise<void> {
  try {
    await rates.consume(projectId)
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    const { host } = URL.parse(url) ?? { host: '' }
    const message = `The project asks servers outside more than ${PER_MINUTE_MAX} times a minute.`
    throw new EgressError('egress.too_many', host, message)
  }
}
