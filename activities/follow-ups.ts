import { Queue, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Knex } from 'knex'
import { within } from '#core/kernel/within.ts'
import { inboxChannel, outboxChannel } from '#core/platform/channels.ts'
import type { Config } from '#core/platform/config.ts'
import { inJobSpan } from '#core/platform/job-span.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import type { Log } from '#core/platform/log.ts'
import { openQueueRedis } from '#core/platform/redis.ts'
import { subscribe } from '#core/platform/subscribe.ts'
import { doOnce } from './actions/do-once.ts'
import { Relay, type Enqueue, type FollowUpJob } from './actions/relay.ts'
import { keepAudit } from './audit/keep-audit.ts'
import { openSink } from './audit/sinks/open-sink.ts'
import { openStore } from './files/stores/open-store.ts'
import { keepTimetable } from './keep-timetable.ts'
import { keepTexts } from './texts/keep-texts.ts'
import {
  FOLLOW_UP_QUEUES,
  HOUSEKEEPING,
  HOUSEKEEPING_EVERY_MS,
  HOUSEKEEPING_QUEUE,
  KEPT_JOBS,
  RETRIES,
  type FollowUpTools,
  type HouseTools,
  type QueuePlace,
} from './queues.ts'

const ENQUEUE_LIMIT_MS = 2_000
const STOP_LIMIT_MS = 4_000

export interface FollowUpParts {
  readonly config: Pick<
    Config,
    'REDIS_URL' | 'REDIS_PREFIX' | 'AUDIT_KEY' | 'AUDIT_SINK_URL' | 'FILES_URL'
  >
  readonly database: Knex
  /** How flows and runs that wait for an event hear of it. */
  readonly runs: FollowUpTools['runs']
  readonly log: Log
}

/** Does what follows from actions, seals the audit and keeps the house in order, until `stop`. */
export function startFollowUps(parts: FollowUpParts): { stop(): Promise<void> } {
  const { config, database, runs, log } = parts
  const redis = openQueueRedis(config.REDIS_URL)
  const place: QueuePlace = { connection: redis, prefix: config.REDIS_PREFIX }
  const queues = openQueues(place, log)
  const relay = new Relay(database, enqueueTo(queues, redis), log)
  const channel = outboxChannel(config.REDIS_PREFIX)
  const nudges = subscribe(config.REDIS_URL, channel, () => relay.wake(), log)
  const stopping = new AbortController()
  const relaying = relay.run(stopping.signal)
  const workers = openWorkers(place, database, { runs }, log)
  const sink = openSink(database, config)
  const audit = { database, sink, keyring: readKeyring(config.AUDIT_KEY) }
  const sealing = keepAudit({ ...audit, log }, stopping.signal)
  const texts = keepTexts({ database, log }, stopping.signal)
  const store = openStore(config)
  const house = keepTimetable(place, timetableOf({ ...audit, store }), log)

  return {
    async stop() {
      stopping.abort()
      await Promise.all([relaying, sealing, texts])
      nudges.disconnect()
      const open = [...workers, ...queues.values(), house]
      await within(Promise.all(open.map((each) => each.close())), STOP_LIMIT_MS).catch(
        (error: unknown) => log.warn({ error }, 'a queue did not close in time'),
      )
      await sink.close()
      store.close()
      redis.disconnect()
    },
  }
}

const timetableOf = (tools: HouseTools) => ({
  queue: HOUSEKEEPING_QUEUE,
  everyMs: HOUSEKEEPING_EVERY_MS,
  jobs: Object.fromEntries(
    Object.entries(HOUSEKEEPING).map(([name, job]) => [name, async () => await job(tools)]),
  ),
})

function openQueues(place: QueuePlace, log: Log): Map<string, Queue> {
  return new Map(
    Object.entries(FOLLOW_UP_QUEUES).map(([name, { topic }]) => {
      const queue = new Queue(name, { ...place, defaultJobOptions: { ...RETRIES, ...KEPT_JOBS } })
      queue.on('error', (error) => log.debug({ error, queue: name }, 'the queue is disturbed'))
      return [topic, queue]
    }),
  )
}

/** Fails at once while Redis is away: the rows stay due, and the relay comes again. */
function enqueueTo(queues: ReadonlyMap<string, Queue>, redis: Redis): Enqueue {
  return async (jobs) => {
    if (redis.status !== 'ready') throw new Error('Redis is away.')
    const byTopic = Map.groupBy(jobs, (job) => job.topic)
    const added = [...byTopic].map(async ([topic, ofTopic]) => {
      const bulk = ofTopic.map(({ jobId, outboxId }) => ({
        name: topic,
        data: { outboxId },
        opts: { jobId },
      }))
      await queues.get(topic)?.addBulk(bulk)
    })
    await within(Promise.all(added), ENQUEUE_LIMIT_MS)
  }
}

function openWorkers(place: QueuePlace, database: Knex, tools: FollowUpTools, log: Log): Worker[] {
  return Object.entries(FOLLOW_UP_QUEUES).map(([name, { handler, atOnceMax, perSecondMax }]) => {
    const worker = new Worker<Pick<FollowUpJob, 'outboxId'>>(
      name,
      async (job) =>
        await inJobSpan(name, job, () => doOnce(database, job.data.outboxId, handler(tools))),
      { ...place, concurrency: atOnceMax, limiter: evenly(perSecondMax) },
    )
    worker.on('error', (error) => log.debug({ error, queue: name }, 'the worker is disturbed'))
    if (name === 'notifications') {
      worker.on('completed', () => {
        // Only to hurry: who is told of inboxes looks for itself every two seconds.
        place.connection.publish(inboxChannel(place.prefix), '').catch(() => {})
      })
    }
    worker.on('failed', (job, error) => {
      log.error({ error, queue: name, jobId: job?.id }, 'a follow-up failed')
    })
    return worker
  })
}

/** A second's share at once, and then nothing for as long, is felt by whoever works on a board. */
const evenly = (perSecondMax: number) => ({ max: perSecondMax / 5, duration: 200 })
