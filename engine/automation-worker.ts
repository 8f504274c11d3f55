import type { DataConverter } from '@temporalio/common'
import { Worker, type NativeConnection } from '@temporalio/worker'
import { fileURLToPath } from 'node:url'
import { automationActivities, flowActivities } from '#activities/automation/index.ts'

/** Steps done at once; whoever works on a board comes first, so they are few. */
const ACTS_MAX = 8
const CACHED_RUNS_MAX = 200
const STOP_LIMIT = '5 seconds'
/** A run whose worker is gone is another's this soon: before whoever answers it is told to wait. */
export const TAKEN_OVER_WITHIN = '2 seconds'

export interface AutomationTools {
  readonly connection: NativeConnection
  readonly namespace: string
  readonly dataConverter: DataConverter
  readonly taskQueue: string
  readonly acts: Parameters<typeof automationActivities>[0]
}

/** A worker that runs flows. Run it with `run()`, end it with `shutdown()`. */
export async function automationWorker(tools: AutomationTools): Promise<Worker> {
  return await Worker.create({
    connection: tools.connection,
    namespace: tools.namespace,
    dataConverter: tools.dataConverter,
    taskQueue: tools.taskQueue,
    workflowsPath: fileURLToPath(new URL('automation-workflows.ts', import.meta.url)),
    activities: { ...automationActivities(tools.acts), ...flowActivities(tools.acts) },
    maxConcurrentActivityTaskExecutions: ACTS_MAX,
    maxConcurrentLocalActivityExecutions: ACTS_MAX,
    maxCachedWorkflows: CACHED_RUNS_MAX,
    stickyQueueScheduleToStartTimeout: TAKEN_OVER_WITHIN,
    shutdownGraceTime: STOP_LIMIT,
  })
}
