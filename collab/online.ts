import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { WorkspaceMessage } from '#core/contracts/channels.ts'
import { newId } from '#core/kernel/ids.ts'
import { ONLINE_SHOWN_MAX } from '#core/kernel/limits.ts'
import type { Log } from '#core/platform/log.ts'

/** Each process says so often that it lives; who is with one that has not for so long is not online. */
const BEAT_EVERY_MS = 2_000
const ALIVE_MS = 6_000
/** What Redis has lost of those who are here is there again after so many of that. */
const RENEW_AFTER_BEATS = 12
const LEASE_MS = 60_000
/** Those who come and go within so long are told together. */
const TELL_AFTER_MS = 500

/** A member's tab that is told; a Hocuspocus connection is one. */
export interface MemberTab {
  readonly workspaceId: string
  readonly userId: string
  readonly socketId: string
  sendStateless(message: string): void
}

interface Place {
  readonly redis: Redis
  readonly prefix: string
  /** Says to all processes that somebody came to a workspace or went. */
  tell(workspaceId: string): void
}

interface Room {
  readonly tabs: Set<MemberTab>
  /** What its tabs were told last. */
  told: string
  timer: NodeJS.Timeout | undefined
}

/** Who is online in each workspace and since when, over all processes; without Redis nobody is told. */
export class Online {
  readonly #place: Place
  readonly #log: Log
  readonly #rooms = new Map<string, Room>()
  readonly #node = newId()
  /** The processes that live, as this one knows; it does itself, whatever Redis says. */
  #alive: ReadonlySet<string> = new Set([this.#node])

  constructor(place: Place, log: Log) {
    this.#place = place
    this.#log = log
  }

  add(tab: MemberTab): void {
    const room = this.#rooms.get(tab.workspaceId) ?? { tabs: new Set(), told: '', timer: undefined }
    this.#rooms.set(tab.workspaceId, room)
    room.tabs.add(tab)
    // It has been told nothing yet.
    room.told = ''
    this.#do(async () => {
      await this.#hold(tab)
      this.#changed(tab.workspaceId)
    })
  }

  delete(tab: MemberTab): void {
    const { workspaceId } = tab
    const room = this.#rooms.get(workspaceId)
    room?.tabs.delete(tab)
    if (room?.tabs.size === 0) {
      clearTimeout(room.timer)
      this.#rooms.delete(workspaceId)
    }
    this.#do(async () => {
      await this.#place.redis.zrem(this.#leases(workspaceId), this.#memberOf(tab))
      this.#changed(workspaceId)
    })
  }

  /** Somebody came to a workspace or went, here or elsewhere. */
  hear(workspaceId: string): void {
    const room = this.#rooms.get(workspaceId)
    if (!room || room.timer) return
    room.timer = setTimeout(() => {
      room.timer = undefined
      this.#do(() => this.#show(workspaceId, room))
    }, TELL_AFTER_MS)
  }

  /** Tells all its members who are here something else. */
  tellAll(workspaceId: string, message: WorkspaceMessage): void {
    const text = JSON.stringify(message)
    for (const tab of this.#rooms.get(workspaceId)?.tabs ?? []) tab.sendStateless(text)
  }

  /** Says that this process lives until `signal` aborts, and notices which others do not any more. */
  async keepRenewing(signal: AbortSignal): Promise<void> {
    for (let beats = 1; !signal.aborted; beats += 1) {
      this.#do(() => this.#beat())
      if (beats % RENEW_AFTER_BEATS === 0) this.#renew()
      await sleep(BEAT_EVERY_MS, undefined, { signal }).catch(() => {})
    }
    for (const { timer } of this.#rooms.values()) clearTimeout(timer)
  }

  async #beat(): Promise<void> {
    const nowMs = Date.now()
    const nodes = `${this.#place.prefix}:online-nodes`
    const answers = await this.#place.redis
      .multi()
      .zadd(nodes, nowMs + ALIVE_MS, this.#node)
      .zremrangebyscore(nodes, '-inf', nowMs)
      .zrange(nodes, '0', '-1')
      .exec()
    const before = this.#alive
    this.#alive = new Set(answers![2]![1] as string[])
    if (before.symmetricDifference(this.#alive).size === 0) return
    for (const workspaceId of this.#rooms.keys()) this.hear(workspaceId)
  }

  #renew(): void {
    for (const [workspaceId, { tabs }] of this.#rooms) {
      for (const tab of tabs) this.#do(() => this.#hold(tab))
      this.hear(workspaceId)
    }
  }

  async #hold(tab: MemberTab): Promise<void> {
    const { workspaceId, userId } = tab
    await this.#place.redis
      .multi()
      .zadd(this.#leases(workspaceId), Date.now() + LEASE_MS, this.#memberOf(tab))
      .hsetnx(this.#since(workspaceId), userId, new Date().toISOString())
      .exec()
  }

  #changed(workspaceId: string): void {
    this.hear(workspaceId)
    this.#place.tell(workspaceId)
  }

  async #show(workspaceId: string, room: Room): Promise<void> {
    const { redis } = this.#place
    const [leases, since] = [this.#leases(workspaceId), this.#since(workspaceId)]
    await redis.zremrangebyscore(leases, '-inf', Date.now())
    const [members, times] = await Promise.all([
      redis.zrange(leases, '0', '-1'),
      redis.hgetall(since),
    ])
    const present = new Set(members.flatMap((member) => this.#personHere(member)))
    const gone = Object.keys(times).filter((userId) => !present.has(userId))
    if (gone.length > 0) await redis.hdel(since, ...gone)
    const people = [...present]
      .map((userId) => ({ userId, since: times[userId] ?? new Date().toISOString() }))
      .toSorted((a, b) => (a.since < b.since ? -1 : 1))
    const message = {
      kind: 'online',
      people: people.slice(0, ONLINE_SHOWN_MAX),
      more: Math.max(0, people.length - ONLINE_SHOWN_MAX),
    } satisfies WorkspaceMessage
    const text = JSON.stringify(message)
    if (room.told === text) return
    room.told = text
    for (const tab of room.tabs) tab.sendStateless(text)
  }

  #memberOf({ userId, socketId }: MemberTab): string {
    return `${userId}/${this.#node}/${socketId}`
  }

  /** Nobody when the process they are with does not live any more. */
  #personHere(member: string): string[] {
    const [userId, node] = member.split('/') as [string, string]
    return this.#alive.has(node) ? [userId] : []
  }

  #do(work: () => Promise<void>): void {
    work().catch((error: unknown) => {
      this.#log.debug({ error }, 'could not ask who is online')
    })
  }

  #leases(workspaceId: string): string {
    return `${this.#place.prefix}:online:${workspaceId}`
  }

  #since(workspaceId: string): string {
    return `${this.#place.prefix}:online-since:${workspaceId}`
  }
}
