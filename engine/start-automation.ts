import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client'
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'
import type {
  AutomationStart,
  Called,
  Output,
  RunState,
  UnsignedStart,
} from '#core/contracts/flows/run.ts'
import { automationId } from '#core/kernel/automation-id.ts'
import { startMac, stateMac } from '#core/platform/run-mac.ts'
import { calledEnded, happened, runStatus } from './automation-signals.ts'
import type { runAutomation } from './jobs/run-automation.ts'

const workspaceId = defineSearchAttributeKey('WorkspaceId', SearchAttributeType.KEYWORD)
const cardIds = defineSearchAttributeKey('CardIds', SearchAttributeType.KEYWORD_LIST)
const flowId = defineSearchAttributeKey('FlowId', SearchAttributeType.KEYWORD)
const flowVersion = defineSearchAttributeKey('FlowVersion', SearchAttributeType.INT)

/** A run that does many steps itself hears of a cancellation after 80 % of it, at the latest. */
const TASK_LIMIT_MS = 4_000

/** Where runs are done, what they are signed with, and where their pages are. */
export interface RunPlace {
  readonly taskQueue: string
  readonly commandKey: string
  readonly publicUrl: string
}

/** Starts a run, once for each cause; false when there is one already, or was. */
export async function startAutomation(
  client: Client,
  { taskQueue, commandKey, publicUrl }: RunPlace,
  unsigned: UnsignedStart,
  flowName: string,
  state?: RunState,
): Promise<boolean> {
  const start: AutomationStart = {
    ...unsigned,
    mac: startMac(commandKey, unsigned),
    ...(state && { state, stateMac: stateMac(commandKey, unsigned.runId, state) }),
  }
  const card = start.card?.['id'] as string | undefined
  try {
    await client.workflow.start<typeof runAutomation>('runAutomation', {
      workflowId: automationId(start.flowId, start.cause),
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      taskQueue,
      // The worker that asks for it begins it at once, if it has a hand free.
      requestEagerStart: true,
      workflowTaskTimeout: TASK_LIMIT_MS,
      args: [start],
      typedSearchAttributes: [
        { key: workspaceId, value: start.workspaceId },
        { key: cardIds, value: card ? [card] : [] },
        { key: flowId, value: start.flowId },
        { key: flowVersion, value: start.version },
        { key: runStatus, value: 'running' },
      ],
      staticSummary: `${flowName}, version ${start.version}`.slice(0, 200),
      staticDetails: `[The run in ProjectFlow](${new URL(`/runs/${start.runId}`, publicUrl).href})`,
    })
    return true
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false
    throw error
  }
}

/** Tells a run what has happened to its card; one that is over by now is not told. */
export async function tellAutomation(
  client: Client,
  flow: string,
  cause: string,
  event: Output,
): Promise<void> {
  const run = client.workflow.getHandle(automationId(flow, cause))
  await run.signal(happened, event).catch(unlessOver)
}

/** Tells a run how one that it has called has ended; one that is over by now is not told. */
export async function tellEnd(client: Client, workflowId: string, called: Called): Promise<void> {
  await client.workflow.getHandle(workflowId).signal(calledEnded, called).catch(unlessOver)
}

/** Asks a run to end, and what it did to be taken back; one that is over by now is not asked. */
export async function cancelAutomation(client: Client, flow: string, cause: string): Promise<void> {
  await client.workflow.getHandle(automationId(flow, cause)).cancel().catch(unlessOver)
}

/** Ends a run where it stands; one that is over stays as it is. */
export async function terminateAutomation(
  client: Client,
  flow: string,
  cause: string,
  reason: string,
): Promise<void> {
  await client.workflow.getHandle(automationId(flow, cause)).terminate(reason).catch(unlessOver)
}

function unlessOver(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error
}

/** What became of the workflow of a run; one that has told its end itself is as it should be. */
export async function automationState(
  client: Client,
  flow: string,
  cause: string,
): Promise<'as it should be' | 'terminated' | 'timed out' | 'gone'> {
  try {
    const { status } = await client.workflow.getHandle(automationId(flow, cause)).describe()
    if (status.name === 'TERMINATED') return 'terminated'
    return status.name === 'TIMED_OUT' ? 'timed out' : 'as it should be'
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'gone'
    throw error
  }
}
