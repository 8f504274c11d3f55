import { Queue, Worker } from 'bullmq'
import { inJobSpan } from '#core/platform/job-span.ts'
import type { Log } from '#core/platform/log.ts'
import { KEPT_JOBS, RETRIES, type QueuePlace } from './queues.ts'

/** A Redis that lost its data gets the timetable again within so long. */
const CHECK_EVERY_MS = 5_000

/** Jobs that are done again and again; each answers how many rows it was about. */
export interface Timetable {
  readonly queue: string
  readonly everyMs: number
  readonly jobs: Readonly<Record<string, () => Promise<number>>>
}

/** Does the jobs of a timetable, which BullMQ keeps in Redis, until `close`. */
export function keepTimetable(
  place: QueuePlace,
  timetable: Timetable,
  log: Log,
): { close(): Promise<void> } {
  const { queue: name, jobs } = timetable
  const queue = new Queue(name, place)
  const worker = new Worker(
    name,
    async (job) => await inJobSpan(name, job, async () => (await jobs[job.name]?.()) ?? 0),
    { ...place, concurrency: 1 },
  )
  const disturbed = (error: Error) => log.debug({ error, queue: name }, 'a timetable is disturbed')
  queue.on('error', disturbed)
  worker.on('error', disturbed)
  worker.on('completed', (job, rows) => {
    if (rows > 0) log.info({ job: job.name, rows }, 'did a job of the timetable')
  })
  worker.on('failed', (job, error) => {
    log.error({ error, job: job?.name }, 'could not do a job of the timetable')
  })

  const write = () => {
    writeTimetable(queue, timetable).catch((error: unknown) => {
      log.warn({ error, queue: name }, 'could not write a timetable')
    })
  }
  write()
  const check = setInterval(write, CHECK_EVERY_MS)

  return {
    async close() {
      clearInterval(check)
      await Promise.all([worker.close(), queue.close()])
    },
  }
}

async function writeTimetable(queue: Queue, { jobs, everyMs }: Timetable): Promise<void> {
  const known = new Set((await queue.getJobSchedulers()).map(({ key }) => key))
  for (const name of Object.keys(jobs)) {
    if (known.has(name)) continue
    const opts = { ...RETRIES, ...KEPT_JOBS }
    await queue.upsertJobScheduler(name, { every: everyMs }, { name, opts })
  }
}
