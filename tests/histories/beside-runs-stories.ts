import { newId } from '#core/kernel/ids.ts'
import { RunControl } from '#engine/run-control.ts'
import { anAutomation } from '#tests/support/automation.ts'
import { aRunPlace } from '#tests/support/command.ts'
import { aBoard, aCard } from '#tests/support/fixtures.ts'
import { aFlow, say, step } from '#tests/support/flows/a-flow.ts'
import type { Engine, Story } from './stories.ts'

/** Does something with a worker of flows; answers the id of the workflow that tells of it. */
const beside =
  (story: (it: Engine, taskQueue: string) => Promise<string>): Story =>
  async (it) => {
    const automation = await anAutomation(it, it.temporalAddress)
    try {
      return await story(it, automation.taskQueue)
    } finally {
      await automation.stop()
    }
  }

/** A flow that is tried: it decides, reads, runs code, waits, and would do something. */
export const TRY_STORIES: Readonly<Record<string, Story>> = {
  tried: beside(async (it, taskQueue) => {
    const board = await aBoard(it.database)
    const { workspaceId, boardId, ownerId: actorId } = board
    const id = await aCard(it.database, board)
    const [flowId, runId] = [newId(), newId()]
    const flow = aFlow([
      step('ask', 'approval', { to: [actorId], question: '?', timeout: 'P2D' }),
      step('read', 'card.read'),
      step('code', 'code.run', { code: 'return 1' }),
      step('wait', 'wait', { for: 'P7D' }),
      say('end', '{{ steps.code.result }}'),
    ])
    const trigger = { type: 'card.moved', at: new Date().toISOString(), actorId: null }
    const about = { trigger, card: { id, boardId }, chain: [], pins: {}, answers: {} }
    const control = new RunControl(it.client, aRunPlace(taskQueue))
    await control.try({ workspaceId, flowId, runId, actorId, flow, nowMs: Date.now(), ...about })
    return `try/${flowId}/${runId}`
  }),
}

/** What a schedule starts. */
export const SCHEDULE_STORIES: Readonly<Record<string, Story>> = {
  'due-for-a-flow-that-is-gone': beside(async (it, taskQueue) => {
    const { workspaceId } = await aBoard(it.database)
    const workflowId = `schedule/${newId()}`
    const args = [{ workspaceId, flowId: newId() }]
    await it.client.workflow.execute('startScheduled', { workflowId, taskQueue, args })
    return workflowId
  }),
}
