import { Client, Connection, WorkflowFailedError } from '@temporalio/client'
import type { Knex } from 'knex'
import { RunControl } from '#engine/run-control.ts'
import { automationId } from '#core/kernel/automation-id.ts'
import { step } from '#tests/support/flows/a-flow.ts'
import { eachOf, waitFor } from './crowd.ts'
import { aFlowInAction, sendPaced, type Sender } from './flows.ts'
import type { Stage } from './stage.ts'
import type { FullBoard } from './world.ts'

export const RUNS = 1_000
const ACCEPT_EVERY_MS = 10
const ASKED_LIMIT_MS = 180_000
const CANCELLED_AT_ONCE = 8

export interface WaitingRuns {
  /** How long each message was answered after, in milliseconds. */
  readonly acceptedMs: number[]
  /** Cancels them all, a few at a time; how long each took from the asking to its end, in milliseconds. */
  readonly cancel: () => Promise<number[]>
}

/** Sends a thousand messages, a hundred a second, and waits until each has a run that waits for approval. */
export async function waitingRuns(
  stage: Stage,
  database: Knex,
  board: FullBoard,
  sender: Sender,
): Promise<WaitingRuns> {
  const ask = { to: [board.ownerId], question: 'Good enough?', timeout: 'P2D' }
  const flowId = await aFlowInAction(database, board, { type: 'webhook' }, [
    step('ask', 'approval', ask),
  ])
  const acceptedMs = await sendPaced(sender, flowId, { count: RUNS, everyMs: ACCEPT_EVERY_MS })
  const asked = { flow_id: flowId, status: 'open' }
  const count = () => database('flow_approvals').where(asked).count('* as asked').first()
  await waitFor(count, (row) => Number(row?.['asked']) === RUNS, ASKED_LIMIT_MS)
  return { acceptedMs, cancel: () => cancelAll(stage, database, flowId) }
}

async function cancelAll(
  { environment, origin }: Stage,
  database: Knex,
  flowId: string,
): Promise<number[]> {
  const connection = await Connection.connect({ address: environment['TEMPORAL_ADDRESS']! })
  const client = new Client({ connection, namespace: environment['TEMPORAL_NAMESPACE']! })
  const commandKey = environment['COMMAND_KEY']!
  const place = { taskQueue: '', commandKey, publicUrl: origin }
  const control = new RunControl(client, place)
  const runs = await database('flow_runs').where({ flow_id: flowId, status: 'running' })
  const askedMs = new Map<string, number>()
  await eachOf(runs, CANCELLED_AT_ONCE, async ({ id, cause }) => {
    askedMs.set(id, Date.now())
    await control.cancel(flowId, cause)
    await client.workflow.getHandle(automationId(flowId, cause)).result().catch(unlessCancelled)
  })
  await connection.close()
  const ended = await database('flow_runs').where({ flow_id: flowId, status: 'cancelled' })
  if (ended.length < runs.length) throw new Error('Runs that were cancelled ended otherwise.')
  return ended.map(({ id, ended_at }) => ended_at.getTime() - askedMs.get(id)!)
}

function unlessCancelled(error: unknown): void {
  if (!(error instanceof WorkflowFailedError)) throw error
}
