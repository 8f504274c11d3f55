import type { Client } from '@temporalio/client'
import { newId } from '#core/kernel/ids.ts'

/** Runs a workflow again from its first task, as an operator can, and waits until it is over. */
export async function resetToTheBeginning(
  client: Client,
  workflowId: string,
  runId: string,
): Promise<void> {
  const { events } = await client.workflow.getHandle(workflowId, runId).fetchHistory()
  const first = events?.find((event) => event.workflowTaskCompletedEventAttributes)
  const { runId: newRunId } = await client.workflowService.resetWorkflowExecution({
    namespace: client.options.namespace,
    workflowExecution: { workflowId, runId },
    workflowTaskFinishEventId: first!.eventId!,
    reason: 'a test of resets',
    requestId: newId(),
  })
  await client.workflow.getHandle(workflowId, newRunId).result()
}
