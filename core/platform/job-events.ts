import type { Redis } from 'ioredis'
import type { JobEvent } from '#core/contracts/jobs.ts'
import { jobsChannel } from './channels.ts'

const KEPT_S = 24 * 3_600
/** Of a job that did more, the beginning is not told any more. */
const EVENTS_KEPT_MAX = 1_000

const keyOf = (prefix: string, jobId: string) => `${prefix}:job:${jobId}`

/** An event of a job and its number in Redis, by which a reader goes on. */
export interface NumberedJobEvent {
  readonly id: string
  readonly event: JobEvent
}

/** An event as whoever does the job says it. */
export type TellJob = (jobId: string, event: JobEvent) => void

/**
 * Tells what happens in jobs. Only for who looks on: how a job ended is in Postgres, so nobody waits
 * for Redis and nothing is lost with it.
 */
export function jobTeller(redis: Redis, prefix: string): TellJob {
  return (jobId, event) => {
    const key = keyOf(prefix, jobId)
    redis
      .multi()
      .xadd(key, 'MAXLEN', '~', EVENTS_KEPT_MAX, '*', 'event', JSON.stringify(event))
      .expire(key, KEPT_S)
      .publish(jobsChannel(prefix), jobId)
      .exec()
      .catch(() => {})
  }
}

/** What was told of a job after the event of this id, oldest first; all of it without one. */
export async function jobEventsAfter(
  redis: Redis,
  prefix: string,
  jobId: string,
  after: string | undefined,
): Promise<NumberedJobEvent[]> {
  const from = after === undefined ? '-' : `(${after}`
  const rows = await redis.xrange(keyOf(prefix, jobId), from, '+')
  return rows.map(([id, [, text]]) => ({ id, event: JSON.parse(text!) as JobEvent }))
}
