import { createHash } from 'node:crypto'
import type { Parts } from './parts.ts'

const WINDOW_S = 60
/** So much of what one address or person is denied in a minute is written down, */
const OF_ONE_MAX = 20
/** and so much of what all are. */
const OF_ALL_MAX = 600

type Counted = Pick<Parts, 'redis' | 'config'>

/** Whether what an address or a person is denied is written down: nobody can flood the log. */
export async function isWorthALine(parts: Counted, whose: string): Promise<boolean> {
  return (await isWithin(parts, whose, OF_ONE_MAX)) && (await isWithin(parts, 'all', OF_ALL_MAX))
}

/** Whether it is the first of its kind in a minute. */
export async function isFirst(parts: Counted, kind: string): Promise<boolean> {
  return await isWithin(parts, `first ${kind}`, 1)
}

/** Counts one more in this minute; without Redis nobody knows, and it is written down. */
async function isWithin({ redis, config }: Counted, what: string, most: number): Promise<boolean> {
  const name = createHash('sha256').update(what).digest('base64url')
  const key = `${config.REDIS_PREFIX}:denied:${name}`
  const counting = redis.multi().set(key, 0, 'EX', WINDOW_S, 'NX').incr(key).exec()
  const replies = await counting.catch(() => null)
  return Number(replies?.[1]?.[1] ?? 0) <= most
}
