import { runOf } from '#activities/automation/queries.ts'
import type { JobEvent } from '#core/contracts/jobs.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { jobsChannel } from '#core/platform/channels.ts'
import { jobEventsAfter } from '#core/platform/job-events.ts'
import { ofVisible } from '../guards.ts'
import { refuse } from '../refuse.ts'
import type { Call } from '../route.ts'
import type { Source, Told } from './tell.ts'

/** An id of a Redis stream. */
const EVENT_ID = /^\d{1,15}-\d{1,10}$/

type Asked = Call<{ jobId: string }, unknown, unknown>
type Page = Awaited<ReturnType<Source['next']>>

/**
 * What happens in a job, until it is over: a run of a flow with its steps, or an action that was
 * answered with 202. How it ended is read from Postgres, so it is told whatever Redis has lost.
 */
export function jobSource(call: Asked): Source {
  const { jobId } = call.params
  const { ears, config } = call.parts
  const channel = { name: jobsChannel(config.REDIS_PREFIX), idOf: (message: string) => message }
  const after = call.ctx.get('last-event-id')
  let last = EVENT_ID.test(after) ? after : undefined
  let told: string | undefined
  let isAction = false

  async function ofRun(): Promise<Page> {
    const { run } = await ofVisible(call, ['run', jobId], (db) => runOf(db, jobId))
    const events = await eventsAfter(call, last)
    last = events.at(-1)?.id ?? last
    if (run.endedAt === null) return { told: events, isOver: false }
    const { status, endedAt: at, error } = run
    const end = { kind: 'status', at: at!, status, ...(error && { error }) }
    const isTold = events.some(({ data }) => isEnd(data as JobEvent))
    return { told: isTold ? events : [...events, { data: end }], isOver: true }
  }

  async function ofAction(): Promise<Page> {
    const found = await call.parts.engine.find(call.userId, jobId)
    if (found === undefined) throw refuse('job.not_found')
    const status = found === 'queued' ? 'queued' : found.status
    if (status === told) return { told: [], isOver: false }
    told = status
    const { code, message } = found === 'queued' || found.status === 'done' ? {} : found
    const error = code !== undefined && { error: { code, message } }
    const event = { kind: 'status', at: new Date().toISOString(), status, ...error }
    return { told: [{ data: event }], isOver: status !== 'queued' }
  }

  return {
    async next() {
      if (isAction) return await ofAction()
      try {
        return await ofRun()
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'run.not_found') throw error
        isAction = true
        return await ofAction()
      }
    },
    heard: (limitMs, signal) => ears.heard(channel, jobId, limitMs, signal),
  }
}

/** Without Redis there is nothing to tell but how the job ends. */
async function eventsAfter({ parts, params }: Asked, last: string | undefined): Promise<Told[]> {
  const { redis, config } = parts
  const events = await jobEventsAfter(redis, config.REDIS_PREFIX, params.jobId, last).catch(
    () => [],
  )
  return events.map(({ id, event }) => ({ id, data: event }))
}

const isEnd = (event: JobEvent) => event.kind === 'status' && event.status !== 'running'
