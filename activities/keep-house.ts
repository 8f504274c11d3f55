import { Queue, Worker } from 'bullmq'
import type { Log } from '#core/platform/log.ts'
import {
  HOUSEKEEPING,
  HOUSEKEEPING_EVERY_MS,
  HOUSEKEEPING_QUEUE,
  KEPT_JOBS,
  RETRIES,
  type HouseTools,
  type QueuePlace,
} from './queues.ts'

/** A Redis that lost its data gets the timetable again within so long. */
const TIMETABLE_CHECK_EVERY_MS = 5_000

/** Runs the housekeeping by its timetable, which BullMQ keeps in Redis, until `close`. */
export function keepHouse(
  place: QueuePlace,
  tools: HouseTools,
  log: Log,
): { close(): Promise<void> } {
  const queue = new Queue(HOUSEKEEPING_QUEUE, place)
  const worker = new Worker(
    HOUSEKEEPING_QUEUE,
    async (job) => (await HOUSEKEEPING[job.name]?.(tools)) ?? 0,
    { ...place, concurrency: 1 },
  )
  const disturbed = (error: Error) => log.debug({ error }, 'the housekeeping is disturbed')
  queue.on('error', disturbed)
  worker.on('error', disturbed)
  worker.on('completed', (job, rows) => log.info({ job: job.name, rows }, 'kept house'))
  worker.on('failed', (job, error) => log.error({ error, job: job?.name }, 'could not keep house'))

  const keepTimetable = () => {
    writeTimetable(queue).catch((error: unknown) => {
      log.warn({ error }, 'could not write the timetable of the housekeeping')
    })
  }
  keepTimetable()
  const check = setInterval(keepTimetable, TIMETABLE_CHECK_EVERY_MS)

  return {
    async close() {
      clearInterval(check)
      await Promise.all([worker.close(), queue.close()])
    },
  }
}

async function writeTimetable(queue: Queue): Promise<void> {
  const known = new Set((await queue.getJobSchedulers()).map(({ key }) => key))
  for (const name of Object.keys(HOUSEKEEPING)) {
    if (known.has(name)) continue
    const opts = { ...RETRIES, ...KEPT_JOBS }
    await queue.upsertJobScheduler(name, { every: HOUSEKEEPING_EVERY_MS }, { name, opts })
  }
}
