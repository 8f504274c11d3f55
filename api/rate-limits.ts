import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { TooLate, within } from '#core/kernel/within.ts'
import type { Caller } from './middleware/authentication.ts'
import type { Context } from './context.ts'
import type { Parts } from './parts.ts'
import { refuse } from './refuse.ts'
import type { Route } from './route.ts'

const MINUTE_S = 60
const HOUR_S = 60 * MINUTE_S
/** A person in front of a page asks for more than they know of. */
const SESSION_TIMES = 10
/** In the demo everybody is one of four people. */
const DEMO_TIMES = 100

const MAKES = /\.(?:create|duplicate|add)$/
/** What is begun again is a new run, or a hundred. */
const BEGINS = /\/runs\/(?::runId\/)?again$/

/** A Redis that hangs is waited for no longer, */
const REDIS_LIMIT_MS = 100
/** and not asked again for a while. */
const REST_MS = 5_000

/** What counts in Redis, and what counts in this process while that is away. */
interface Limiter {
  readonly shared: RateLimiterRedis
  readonly local: RateLimiterMemory
}

type Kind = 'search' | 'create' | 'read' | 'upload'

type Counted = Pick<Route, 'method' | 'path' | 'action' | 'takesFile'>

/** What a request counts as; changes of what is there already, as a card's move, count nowhere. */
export function kindOf({ method, path, action, takesFile }: Counted): Kind | null {
  if (takesFile) return 'upload'
  if (path === '/search') return 'search'
  if (method === 'get') return 'read'
  return MAKES.test(action ?? '') || BEGINS.test(path) ? 'create' : null
}

type CountRequest = (ctx: Context, caller: Caller, kind: Kind) => Promise<void>

/**
 * Counts what each person asks for, with a token for programs or from a session, in Redis. While
 * that is away, or hangs, each process counts for itself, so that people read on.
 */
export function rateLimits({ config, redis }: Pick<Parts, 'config' | 'redis'>): CountRequest {
  const most = {
    search: [config.SEARCHES_PER_MINUTE_MAX, MINUTE_S],
    create: [config.CREATES_PER_HOUR_MAX, HOUR_S],
    read: [config.READS_PER_HOUR_MAX, HOUR_S],
    upload: [config.UPLOADS_PER_HOUR_MAX, HOUR_S],
  } as const
  // A file costs as much from a page as from a program, so there is one count of both.
  const limiters = new Map<string, Limiter>()
  for (const [kind, [points, duration]] of Object.entries(most)) {
    const isOfAll = kind === 'upload'
    for (const [by, more] of Object.entries({ token: 1, session: SESSION_TIMES })) {
      const times = isOfAll ? 1 : more
      const limit = {
        points: points * times * (config.PROJECTFLOW_DEMO ? DEMO_TIMES : 1),
        duration,
        keyPrefix: `${config.REDIS_PREFIX}:rate:${kind}:${isOfAll ? 'all' : by}`,
      }
      const local = new RateLimiterMemory(limit)
      const store = { storeClient: redis, rejectIfRedisNotReady: true, insuranceLimiter: local }
      limiters.set(`${kind} ${by}`, { shared: new RateLimiterRedis({ ...limit, ...store }), local })
    }
  }
  let askAgainMs = 0
  const consume = async ({ shared, local }: Limiter, userId: string): Promise<RateLimiterRes> => {
    if (Date.now() < askAgainMs) return await local.consume(userId)
    const counting = shared.consume(userId)
    return await within(counting, REDIS_LIMIT_MS).catch(async (error: unknown) => {
      if (!(error instanceof TooLate)) throw error
      counting.catch(() => {})
      askAgainMs = Date.now() + REST_MS
      return await local.consume(userId)
    })
  }
  return async (ctx, { userId, scope }, kind) => {
    const limiter = limiters.get(`${kind} ${scope ? 'token' : 'session'}`)!
    const { points, duration } = limiter.local
    const counted = await consume(limiter, userId).catch((thrown: unknown) => thrown)
    if (!(counted instanceof RateLimiterRes)) throw counted
    const waitS = Math.max(1, Math.ceil(counted.msBeforeNext / 1_000))
    ctx.set('ratelimit-policy', `"${kind}";q=${points};w=${duration}`)
    ctx.set('ratelimit', `"${kind}";r=${Math.max(0, counted.remainingPoints)};t=${waitS}`)
    if (counted.consumedPoints <= points) return
    ctx.set('retry-after', String(waitS))
    throw refuse('request.too_many', { retryAfterS: waitS })
  }
}
