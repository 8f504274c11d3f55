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
import { isOurs, isOurTry, stateMac } from '#core/platform/run-mac.ts'
import type { Tried, TryStart } from '#core/contracts/flows/trying.ts'
import { act } from './act.ts'
import { beginScheduled, type Scheduled } from './begin-scheduled.ts'
import { keepTry } from './keep-try.ts'
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
  const { commandKey, database, loadFlow, settle, tellJob } = tools
  return {
    beginScheduled: async (of: Scheduled): Promise<void> => await beginScheduled(tools, of),
    async loadFlow(start: AutomationStart): Promise<Flow> {
      if (!isOurs(commandKey, start)) throw refuseStep('permission.denied', 'We did not begin it.')
      const { workspaceId, flowId, runId, hash } = start
      tellJob(runId, statusEvent({ status: 'running' }))
      return await loadFlow({ workspaceId, flowId, hash })
    },
    markState: async (runId: string, state: RunState): Promise<string> =>
      stateMac(commandKey, runId, state),
    isOurTry: async (start: TryStart): Promise<boolean> => isOurTry(commandKey, start),
    keepTry: async (start: TryStart, tried: Tried): Promise<void> =>
      await keepTry(database, start, tried),
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
