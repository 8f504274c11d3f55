import { setTimeout as sleep } from 'node:timers/promises'
import {
  isGrpcServiceError,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  ServiceError,
  type Client,
  type ScheduleOptions,
} from '@temporalio/client'
import type { Knex } from 'knex'
import { scheduledFlows, type ScheduledFlow } from '#activities/automation/queries.ts'
import { readAs, THE_HOUSE } from '#core/platform/acting-as.ts'
import { zoneOf } from '#core/kernel/time-zone.ts'
import type { Log } from '#core/platform/log.ts'

const LOOK_EVERY_MS = 5_000
/** What was missed while nothing ran is made up for as long. */
const CATCH_UP = '1 hour'
const PREFIX = 'flow/'
/** As gRPC numbers it. */
const INVALID_ARGUMENT = 3

interface Tools {
  readonly client: Client
  readonly taskQueue: string
  readonly database: Knex
  readonly log: Log
}

/** Keeps Temporal's schedules in step with the flows that start at times, until `signal` aborts. */
export async function keepSchedules(tools: Tools, signal: AbortSignal): Promise<void> {
  const kept = new Map<string, string>()
  while (!signal.aborted) {
    await keepInStep(tools, kept).catch((error: unknown) => {
      // Not known any more, so all is looked at again.
      kept.clear()
      tools.log.warn({ error }, 'could not look after the schedules of flows')
    })
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

/** One round. `kept` is what is known to stand there: the version of each schedule, by its id. */
export async function keepInStep(tools: Tools, kept: Map<string, string>): Promise<void> {
  const flows = await readAs(tools.database, THE_HOUSE, scheduledFlows)
  const wanted = new Map(flows.map((flow) => [`${PREFIX}${flow.flowId}`, flow]))
  if (kept.size === 0) {
    for await (const { scheduleId } of tools.client.schedule.list()) {
      if (scheduleId.startsWith(PREFIX)) kept.set(scheduleId, '?')
    }
  }
  for (const id of kept.keys()) {
    if (wanted.has(id)) continue
    await tools.client.schedule.getHandle(id).delete().catch(unlessGone)
    kept.delete(id)
  }
  for (const [id, flow] of wanted) {
    const version = String(flow.version)
    if (kept.get(id) === version) continue
    await put(tools, id, flow).catch((error: unknown) => {
      // The others have theirs all the same; this one is looked at again when it is published again.
      if (!isRefused(error)) throw error
      tools.log.warn({ error, flowId: flow.flowId }, 'Temporal takes no such schedule')
    })
    kept.set(id, version)
  }
}

async function put({ client, taskQueue }: Tools, scheduleId: string, flow: ScheduledFlow) {
  const { flowId, workspaceId, cron, timeZone } = flow
  const options: ScheduleOptions = {
    scheduleId,
    spec: { cronExpressions: [cron], timezone: zoneOf(timeZone) },
    policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: CATCH_UP },
    action: {
      type: 'startWorkflow',
      workflowType: 'startScheduled',
      workflowId: `schedule/${flowId}`,
      taskQueue,
      args: [{ workspaceId, flowId }],
      staticSummary: flow.name.slice(0, 200),
    },
  }
  try {
    await client.schedule.create(options)
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error
    const { spec, policies, action } = options
    await client.schedule
      .getHandle(scheduleId)
      .update((before) => ({ ...before, spec, policies, action }) as never)
  }
}

const isRefused = (error: unknown): boolean =>
  error instanceof ServiceError &&
  isGrpcServiceError(error.cause) &&
  error.cause.code === INVALID_ARGUMENT

function unlessGone(error: unknown): void {
  if (!(error instanceof ScheduleNotFoundError)) throw error
}
