import { workflowInfo } from '@temporalio/workflow'
import { flowSteps } from '../activities.ts'

/** What a schedule starts: it begins the flow's run for the moment it was due at. */
export async function startScheduled(of: { workspaceId: string; flowId: string }): Promise<void> {
  const { searchAttributes, startTime } = workflowInfo()
  const [due] = (searchAttributes['TemporalScheduledStartTime'] ?? []) as Date[]
  await flowSteps.beginScheduled({ ...of, at: (due ?? startTime).toISOString() })
}
