import type { Flow } from '#core/contracts/flows/flow.ts'
import type { Acted, ActOrder, AutomationStart, Settled } from '#core/contracts/flows/run.ts'
import { act } from './act.ts'
import type { ActTools } from './tools.ts'

/** The activities in which runs of flows do something, made from what they need. */
export function automationActivities(tools: ActTools) {
  return { act: async (order: ActOrder): Promise<Acted> => await act(tools, order) }
}

/** Those that tell runs what they are, and are told what became of them. */
export function flowActivities({ loadFlow, settle }: ActTools) {
  return {
    loadFlow: async ({ workspaceId, flowId, hash }: AutomationStart): Promise<Flow> =>
      await loadFlow({ workspaceId, flowId, hash }),
    settle: async (settled: Settled): Promise<void> => await settle(settled),
  }
}

export type AutomationActivities = ReturnType<typeof automationActivities>
export type FlowActivities = ReturnType<typeof flowActivities>
