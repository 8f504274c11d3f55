import { setCurrentDetails } from '@temporalio/workflow'
import type { ActionBatch, BatchReport } from '#core/contracts/command.ts'
import { cardActionSteps } from './activities.ts'

/** Does the actions people asked for while the batch before was being done, in order. */
export async function cardActions(batch: ActionBatch): Promise<BatchReport> {
  const report = await cardActionSteps.applyBatch(batch)
  setCurrentDetails(report.lines.map((line) => `- ${line}`).join('\n'))
  return report
}
