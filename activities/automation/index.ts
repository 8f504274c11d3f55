import type { Flow } from '#core/contracts/flows/flow.ts'
import type {
  Acted,
  ActOrder,
  AutomationStart,
  RunNotes,
  RunState,
  Settled,
} from '#core/contracts/flows/run.ts'
import { activityInfo } from '@temporalio/activity'
import { isOurs, stateMac } from '#core/platform/run-mac.ts'
import { act } from './act.ts'
import { lineOf, recordSteps } from './record-steps.ts'
import { refuseStep } from './refuse-step.ts'
import { statusEvent } from './tell-run.ts'
import type { ActTools } from './tools.ts'

export { flowLoader } from './load-flow.ts'
export { runSettler } from './settle-run.ts'

/** The activities in which runs of flows do something, made from what they need. */
export function automationActivities(tools: ActTools) {
  return {
    act: async (order: ActOrder): Promise<Acted> =>
      await act(tools, { ...order, attempt: activityInfo().attempt }),
  }
}

/** Those that tell runs what they are, mark how far they are, and are told what became of them. */
export function flowActivities(tools: ActTools) {
  const { commandKey, loadFlow, settle, tellJob } = tools
  return {
    async loadFlow(start: AutomationStart): Promise<Flow> {
      if (!isOurs(commandKey, start)) throw refuseStep('permission.denied', 'We did not begin it.')
      const { workspaceId, flowId, runId, hash } = start
      tellJob(runId, statusEvent({ status: 'running' }))
      return await loadFlow({ workspaceId, flowId, hash })
    },
    markState: async (runId: string, state: RunState): Promise<string> =>
      stateMac(commandKey, runId, state),
    note: async ({ lines, ...run }: RunNotes): Promise<void> =>
      await recordSteps(tools, run, lines.map(lineOf)),
    async settle(settled: Settled): Promise<void> {
      await settle(settled)
      tellJob(settled.run.runId, statusEvent(settled.end))
    },
  }
}

export type AutomationActivities = ReturnType<typeof automationActivities>
export type FlowActivities = ReturnType<typeof flowActivities>
