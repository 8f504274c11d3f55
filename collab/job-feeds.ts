import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { JobMessage } from '#core/contracts/jobs.ts'
import { jobEventsAfter } from '#core/platform/job-events.ts'
import type { Log } from '#core/platform/log.ts'

/** A lost hint is noticed after so long at the latest. */
const COMPARE_EVERY_MS = 2_000

/** Somebody who is told of a job; a Hocuspocus connection is one. */
interface Follower {
  sendStateless(message: string): void
}

interface Place {
  after: string | undefined
  isReading: boolean
}

/** Those who follow jobs here, each from the event they heard last. */
export class JobFeeds {
  readonly #redis: Redis
  readonly #prefix: string
  readonly #log: Log
  readonly #jobs = new Map<string, Map<Follower, Place>>()

  constructor(redis: Redis, prefix: string, log: Log) {
    this.#redis = redis
    this.#prefix = prefix
    this.#log = log
  }

  /** Tells what happened after the event of this id, and what happens from now on. */
  follow(jobId: string, follower: Follower, after: string | undefined): void {
    const places = this.#jobs.get(jobId) ?? new Map<Follower, Place>()
    this.#jobs.set(jobId, places)
    const place = { after, isReading: false }
    places.set(follower, place)
    this.#read(jobId, follower, place)
  }

  leave(jobId: string, follower: Follower): void {
    const places = this.#jobs.get(jobId)
    places?.delete(follower)
    if (places?.size === 0) this.#jobs.delete(jobId)
  }

  /** Something happened in a job. */
  hear(jobId: string): void {
    for (const [follower, place] of this.#jobs.get(jobId) ?? []) this.#read(jobId, follower, place)
  }

  /** Looks for what nobody heard of until `signal` aborts. */
  async keepComparing(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sleep(COMPARE_EVERY_MS, undefined, { signal }).catch(() => {})
      for (const jobId of this.#jobs.keys()) this.hear(jobId)
    }
  }

  #read(jobId: string, follower: Follower, place: Place): void {
    if (place.isReading) return
    place.isReading = true
    this.#tellNext(jobId, follower, place)
      .catch((error: unknown) => this.#log.debug({ error, jobId }, 'could not read of a job'))
      .finally(() => (place.isReading = false))
  }

  async #tellNext(jobId: string, follower: Follower, place: Place): Promise<void> {
    const events = await jobEventsAfter(this.#redis, this.#prefix, jobId, place.after)
    if (events.length === 0 || this.#jobs.get(jobId)?.get(follower) !== place) return
    place.after = events.at(-1)!.id
    const message: JobMessage = { kind: 'events', events }
    follower.sendStateless(JSON.stringify(message))
  }
}
