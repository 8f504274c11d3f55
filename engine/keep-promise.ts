import { WorkflowNotFoundError, type Client } from '@temporalio/client'
import { Refusal } from '#core/kernel/refusal.ts'
import { TooLate, within } from '#core/kernel/within.ts'
import type { Accepted, AcceptedCommands } from './accepted-commands.ts'
import type { EngineTools } from './client.ts'
import { isAway, startBatch, type BatchHandle } from './start-batch.ts'

const ANSWER_LIMIT_MS = 2_000

export interface PromiseTools extends Pick<EngineTools, 'client' | 'taskQueue' | 'cancel'> {
  readonly accepted: AcceptedCommands
}

/**
 * Sees to a command that was answered «queued» and has no outcome. While its workflow runs nothing
 * need be done. Where somebody ended it, the command gets an outcome that says so. Where Temporal
 * does not know it, its newest moments were lost, and the command is started again; answers its new
 * workflow. Whatever it is mistaken in does no harm: the first outcome that is stored decides.
 */
export async function keepPromise(
  { client, taskQueue, cancel, accepted }: PromiseTools,
  promised: Accepted,
): Promise<BatchHandle | undefined> {
  const { command, workflowId } = promised
  const fate = await fateOf(client, workflowId)
  if (fate === 'ended') await cancel([command], promised)
  if (fate !== 'lost') return undefined
  const { workspaceId } = command
  const handle = await startBatch(client, taskQueue, { workspaceId, commands: [command] })
  const { firstExecutionRunId: runId } = handle
  await accepted.remember([{ command, workflowId: handle.workflowId, runId }])
  return handle
}

/** Of the newest run: an operator's reset goes on under the same id. */
async function fateOf(client: Client, workflowId: string): Promise<'runs' | 'ended' | 'lost'> {
  try {
    const described = client.workflow.getHandle(workflowId).describe()
    const { status } = await within(described, ANSWER_LIMIT_MS)
    return status.name === 'RUNNING' ? 'runs' : 'ended'
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'lost'
    if (error instanceof TooLate || isAway(error)) {
      throw new Refusal('engine.away', 'The workflow engine does not answer.')
    }
    throw error
  }
}
