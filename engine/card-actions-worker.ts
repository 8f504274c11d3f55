import { Context } from '@temporalio/activity'
import type { DataConverter } from '@temporalio/common'
import type { NativeConnection, Worker } from '@temporalio/worker'
import type { Redis } from 'ioredis'
import type { Knex } from 'knex'
import { fileURLToPath } from 'node:url'
import type { Command, Outcome } from '#core/contracts/command.ts'
import type { Log } from '#core/platform/log.ts'
import {
  announcer,
  cancelCommands,
  cardActionActivities,
  commandApplier,
  type Applied,
  type Execution,
} from '#activities/actions/index.ts'
import { recordAudit } from '#activities/audit/record.ts'
import { kanban } from '#activities/kanban/index.ts'
import { projects } from '#activities/projects/index.ts'
import type { EngineTools } from './client.ts'
import { QuickWorker } from './quick-worker.ts'

/** Batches at once; each holds one database connection. */
export const BATCHES_MAX = 16
/** The workflows are over within moments, so few need to be kept in memory. */
const CACHED_WORKFLOWS_MAX = 100
const POLLERS = 2
const STOP_LIMIT = '5 seconds'

interface ActionParts {
  readonly database: Knex
  readonly redis: Redis
  readonly redisPrefix: string
  readonly commandKey: string
  readonly log: Log
  /** Told of each committed batch in this process, before anybody else hears of it. */
  readonly onApplied?: (applied: Applied) => void
}

export interface WorkerTools extends ActionParts {
  readonly connection: NativeConnection
  readonly namespace: string
  readonly dataConverter: DataConverter
  readonly taskQueue: string
}

/** A worker that does card actions. Run it with `run()`, end it with `shutdown()`. */
export async function cardActionsWorker(tools: WorkerTools): Promise<Worker> {
  return await QuickWorker.create({
    connection: tools.connection,
    namespace: tools.namespace,
    dataConverter: tools.dataConverter,
    taskQueue: tools.taskQueue,
    workflowsPath: fileURLToPath(new URL('workflows.ts', import.meta.url)),
    activities: cardActionActivities(actionTools(tools), currentExecution),
    maxCachedWorkflows: CACHED_WORKFLOWS_MAX,
    maxConcurrentLocalActivityExecutions: BATCHES_MAX,
    workflowTaskPollerBehavior: { type: 'simple-maximum', maximum: POLLERS },
    shutdownGraceTime: STOP_LIMIT,
  })
}

/** How a step of a flow does an action on a card, within the activity that calls it. */
export const flowCommandApplier = (tools: ActionParts): ((command: Command) => Promise<Outcome>) =>
  commandApplier(actionTools(tools), currentExecution)

function actionTools({ database, redis, redisPrefix, commandKey, log, onApplied }: ActionParts) {
  const tell = announcer(redis, redisPrefix, log)
  const announce = (applied: Applied) => {
    onApplied?.(applied)
    tell(applied)
  }
  return { database, handlers: { ...kanban, ...projects }, commandKey, recordAudit, announce, log }
}

/** How the engine settles what an operator ended, with the worker's right to write. */
export function commandCanceller(
  tools: Pick<WorkerTools, 'database' | 'log'>,
): EngineTools['cancel'] {
  return async (commands, workflow) => {
    await cancelCommands({ ...tools, recordAudit }, commands, workflow)
  }
}

function currentExecution(): Execution {
  const { workflowExecution, attempt } = Context.current().info
  return { ...workflowExecution!, attempt }
}
