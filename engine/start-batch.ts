import {
  isGrpcServiceError,
  type Client,
  type WorkflowHandleWithStartDetails,
} from '@temporalio/client'
import type { ActionBatch } from '#core/contracts/command.ts'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { batchSummary } from '#core/kernel/summary.ts'
import { TooLate, within } from '#core/kernel/within.ts'
import type { cardActions } from './card-actions.ts'
import { batchAttributes, batchMemo } from './search-attributes.ts'

/** The engine has so long to acknowledge a start; then people are told to try again. */
const START_LIMIT_MS = 2_000
/** After a kill -9 in the middle, another worker takes the batch up this soon. */
const TASK_LIMIT_MS = 3_000
/** INVALID_ARGUMENT, NOT_FOUND, PERMISSION_DENIED: waiting does not mend a wrong request. */
const OUR_FAULT_CODES = new Set([3, 5, 7])

export type BatchHandle = WorkflowHandleWithStartDetails<typeof cardActions>

/**
 * Starts the workflow of a batch and resolves when the server has acknowledged it. Refuses with
 * `engine.away` when it does not within 2 s; the batch may then still happen, and only the stored
 * outcomes make its commands once-only.
 */
export async function startBatch(
  client: Client,
  taskQueue: string,
  batch: ActionBatch,
): Promise<BatchHandle> {
  const { commands, workspaceId } = batch
  const start = client.workflow.start<typeof cardActions>('cardActions', {
    workflowId: `card-actions/${workspaceId}/${newId()}`,
    taskQueue,
    args: [batch],
    requestEagerStart: true,
    workflowTaskTimeout: TASK_LIMIT_MS,
    typedSearchAttributes: batchAttributes(commands),
    memo: batchMemo(commands),
    staticSummary: batchSummary(
      commands.map((command) => command.summary),
      commands.map((command) => command.place),
    ),
  })
  // Given up, it may still fail later; nobody listens then.
  start.catch(() => {})
  try {
    return await within(start, START_LIMIT_MS)
  } catch (error) {
    if (error instanceof TooLate || isAway(error)) {
      throw new Refusal('engine.away', 'The workflow engine does not answer. Try again shortly.')
    }
    throw error
  }
}

/** The server cannot be reached or is overloaded, as against: it does not take our request. */
export function isAway(error: unknown): boolean {
  return isGrpcServiceError(error) && !OUR_FAULT_CODES.has(error.code)
}
