import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Log } from '#core/platform/log.ts'
import type { ViewerSocket } from './viewer-socket.ts'
import { whoGoes, type Seat, type SeatLimits } from './who-goes.ts'

const RENEW_EVERY_MS = 25_000
/** What a process that died has held is free again after so long. */
const LEASE_MS = 60_000

interface Held {
  readonly userId: string
  readonly socket: ViewerSocket
}

interface Place {
  readonly redis: Redis
  readonly prefix: string
  readonly limits: SeatLimits
  /** Says to all processes which sockets have to go. */
  tell(socketIds: readonly string[]): void
}

/**
 * In how many browsers and tabs each person is live, over all processes. A newcomer is always let in,
 * and who came longest ago goes: somebody at a new machine need not find out where they are still
 * signed in. Without Redis nobody is sent away.
 */
export class Seats {
  readonly #place: Place
  readonly #log: Log
  readonly #held = new Map<string, Held>()

  constructor(place: Place, log: Log) {
    this.#place = place
    this.#log = log
  }

  /** The socket is somebody's from now on, until it is closed. */
  take(userId: string, socket: ViewerSocket): void {
    if (this.#held.has(socket.id)) return
    const held = { userId, socket }
    this.#held.set(socket.id, held)
    socket.whenClosed(() => this.#leave(held))
    this.#claim(userId, [socket])
  }

  /** Closes those of the sockets that are here. */
  evict(socketIds: readonly string[]): void {
    for (const id of socketIds) this.#held.get(id)?.socket.closeBecause('elsewhere')
  }

  /** Renews what is held until `signal` aborts; who was sent away unheard is told then. */
  async keepRenewing(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(RENEW_EVERY_MS, undefined, { signal }).catch(() => {})
      const held = Map.groupBy(this.#held.values(), ({ userId }) => userId)
      for (const [userId, all] of held)
        this.#claim(
          userId,
          all.map(({ socket }) => socket),
        )
    }
  }

  #claim(userId: string, sockets: readonly ViewerSocket[]): void {
    this.#write(userId, sockets).catch((error: unknown) => {
      this.#log.debug({ error }, 'could not ask where else somebody is')
    })
  }

  async #write(userId: string, sockets: readonly ViewerSocket[]): Promise<void> {
    const { redis, limits, tell } = this.#place
    const key = this.#keyOf(userId)
    const nowMs = Date.now()
    const leases = sockets.flatMap((socket) => [nowMs + LEASE_MS, memberOf(socket)])
    const answers = await redis
      .multi()
      .zremrangebyscore(key, '-inf', nowMs)
      .zadd(key, ...leases)
      .pexpire(key, LEASE_MS)
      .zcard(key)
      .exec()
    if ((answers![3]![1] as number) <= Math.min(limits.browsersMax, limits.tabsMax)) return
    const going = whoGoes((await redis.zrange(key, '0', '-1')).map(seatOf), limits)
    if (going.length === 0) return
    const ids = going.map(({ socketId }) => socketId)
    this.evict(ids)
    tell(ids)
    await redis.zrem(key, going.map(textOf))
  }

  #leave({ userId, socket }: Held): void {
    this.#held.delete(socket.id)
    this.#place.redis.zrem(this.#keyOf(userId), memberOf(socket)).catch(() => {})
  }

  #keyOf(userId: string): string {
    return `${this.#place.prefix}:seats:${userId}`
  }
}

const textOf = ({ browserId, socketId }: Seat) => `${browserId}/${socketId}`
const memberOf = ({ browserId, id }: ViewerSocket) => textOf({ browserId, socketId: id })

function seatOf(member: string): Seat {
  const [browserId, socketId] = member.split('/') as [string, string]
  return { browserId, socketId }
}
