import { createHash } from 'node:crypto'
import { networkOf } from '#core/kernel/network-of.ts'
import type { Parts } from './parts.ts'

const WINDOW_S = 60
/** Each time it was too much within an hour, the wait is twice the last one, up to this. */
const WAIT_S_MAX = 15 * 60
const STRIKES_LIFE_S = 60 * 60
/** So many times of what one address may try on one account, it may on all, and all on one. */
const TIMES_OF_ALL = 4
/** How long an address is known at which somebody has signed in to an account. */
const KNOWN_LIFE_S = 30 * 24 * 60 * 60

type Counted = Pick<Parts, 'redis' | 'config'>

/**
 * Counts one more under each key until one has had more than its most, which ends the counting: who
 * waits at one costs the others nothing. Answers the seconds to wait.
 */
const COUNT = `
  local window, longest, life = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  for index, key in ipairs(KEYS) do
    local most = tonumber(ARGV[3 + index])
    local count = redis.call('incr', key)
    if count == 1 then redis.call('expire', key, window) end
    if count == most + 1 then
      local strikes = redis.call('incr', key .. ':strikes')
      redis.call('expire', key .. ':strikes', life)
      redis.call('expire', key, math.min(longest, window * 2 ^ (strikes - 1)))
    end
    if count > most then return math.max(1, redis.call('ttl', key)) end
  end
  return 0`

/** Takes back one attempt of each key that still counts. */
const UNCOUNT = `
  for _, key in ipairs(KEYS) do
    if redis.call('exists', key) == 1 then redis.call('decr', key) end
  end`

/**
 * Counts an attempt of something an address may try so often, before it is checked, so that a
 * thousand at once count as well. Answers the seconds to wait, or 0 when the attempt may be made.
 */
export async function countAttempt(parts: Counted, what: string, ip: string): Promise<number> {
  return await count(parts, [[keyOf(parts, what, networkOf(ip)), 1]])
}

/** Who got it right begins anew. */
export async function forgetAttempts(parts: Counted, what: string, ip: string): Promise<void> {
  await parts.redis.del(keyOf(parts, what, networkOf(ip)))
}

/**
 * Counts an attempt to get into an account: for the address at this account, for the address at all,
 * and for all addresses at the account, but for those where somebody has signed in to it before: so
 * whoever attacks it from everywhere does not keep its owner out. Answers the seconds to wait, or 0.
 */
export async function countLogin(parts: Counted, account: string, ip: string): Promise<number> {
  const { both, ofAddress, ofAccount, known } = keysOf(parts, account, ip)
  const isKnown = (await parts.redis.exists(known)) === 1
  const keys = [both, ofAddress, ...(isKnown ? [] : [ofAccount])]
  return await count(
    parts,
    keys.map((key) => [key, key === both ? 1 : TIMES_OF_ALL]),
  )
}

/** Who knows the password may sign in as often as they like; guesses at other accounts still count. */
export async function forgetLogin(parts: Counted, account: string, ip: string): Promise<void> {
  const { both, ofAddress, ofAccount } = keysOf(parts, account, ip)
  await parts.redis.multi().del(both).eval(UNCOUNT, 2, ofAddress, ofAccount).exec()
}

/** Notes that the address is one of whoever the account belongs to, unless Redis is away. */
export async function knowAddress(parts: Counted, account: string, ip: string): Promise<void> {
  await parts.redis.set(keysOf(parts, account, ip).known, 1, 'EX', KNOWN_LIFE_S).catch(() => {})
}

async function count(
  { redis, config }: Counted,
  limits: readonly (readonly [key: string, times: number])[],
): Promise<number> {
  const most = limits.map(([, times]) => times * config.LOGINS_PER_MINUTE_MAX)
  const keys = limits.map(([key]) => key)
  const given = [...keys, WINDOW_S, WAIT_S_MAX, STRIKES_LIFE_S, ...most]
  return Number(await redis.eval(COUNT, keys.length, ...given))
}

function keysOf(parts: Counted, account: string, ip: string) {
  const [name, network] = [account.toLowerCase(), networkOf(ip)]
  return {
    both: keyOf(parts, name, network),
    ofAddress: keyOf(parts, 'address', network),
    ofAccount: keyOf(parts, 'account', name),
    known: keyOf(parts, 'known', name, network),
  }
}

/** Hashed, so that Redis holds no addresses. */
function keyOf({ config }: Counted, ...who: readonly string[]): string {
  const name = createHash('sha256').update(who.join(' ')).digest('base64url')
  return `${config.REDIS_PREFIX}:login:${name}`
}
