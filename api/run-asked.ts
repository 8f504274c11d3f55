import { runOf } from '#activities/automation/queries.ts'
import type { Asked } from './command.ts'
import { ofVisible } from './guards.ts'

/** Where a run is, for who may do with it what the route is for. */
export const runAsked = async (call: Asked, runId: string) =>
  await ofVisible(call, ['run', runId], async (db, { workspaceId }) => {
    const { run, cause } = await runOf(db, runId)
    return { workspaceId, flowId: run.flowId, cause }
  })
