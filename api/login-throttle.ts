import { createHash } from 'node:crypto'
import type { Parts } from './parts.ts'

const WINDOW_S = 60

type Counted = Pick<Parts, 'redis' | 'config'>

/**
 * Counts an attempt to get into an account before it is checked, so that a thousand at once count as well.
 * Answers the seconds to wait, or 0 when the attempt may be made.
 */
export async function countAttempt(parts: Counted, account: string, ip: string): Promise<number> {
  const key = keyOf(parts, account, ip)
  const replies = await parts.redis
    .multi()
    .set(key, 0, 'EX', WINDOW_S, 'NX')
    .incr(key)
    .ttl(key)
    .exec()
  const [attempts, waitS] = [Number(replies?.[1]?.[1]), Number(replies?.[2]?.[1])]
  return attempts > parts.config.LOGINS_PER_MINUTE_MAX ? Math.max(1, waitS) : 0
}

/** Who knows the password begins anew, and may sign in as often as they like. */
export async function forgetAttempts(parts: Counted, account: string, ip: string): Promise<void> {
  await parts.redis.del(keyOf(parts, account, ip))
}

/** Hashed, so that Redis holds no addresses. */
function keyOf({ config }: Counted, account: string, ip: string): string {
  const who = createHash('sha256').update(`${account.toLowerCase()} ${ip}`).digest('base64url')
  return `${config.REDIS_PREFIX}:login:${who}`
}
