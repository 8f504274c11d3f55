import { fileURLToPath } from 'node:url'
import { Client, Connection } from '@temporalio/client'
import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import { automationId } from '#core/kernel/automation-id.ts'
import { answers } from '#start/parts/http.ts'
import { say } from '#tests/support/flows/a-flow.ts'
import { waitFor } from './crowd.ts'
import { aFlowInAction, sendPaced, type Sender } from './flows.ts'
import type { Stage } from './stage.ts'
import { databaseBeside, type FullBoard } from './world.ts'

const STEPS = 5
const READY_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 10_000
const RUN_LIMIT_MS = 60_000

/** What Temporal says of a workflow that is over. */
export interface Ended {
  readonly tookMs: number
  readonly events: number
}

export interface FlowSides {
  /** Runs a flow of five steps, from its first event in Temporal to its last. */
  readonly ours: () => Promise<Ended>
  readonly floor: () => Promise<Ended>
  readonly steps: number
  readonly close: () => Promise<void>
}

/** The same five steps as a flow of ours and as a bare workflow, on the same Temporal. */
export async function flowSides(
  stage: Stage,
  database: Knex,
  board: FullBoard,
  sender: Sender,
): Promise<FlowSides> {
  const { environment } = stage
  const connection = await Connection.connect({ address: environment['TEMPORAL_ADDRESS']! })
  const client = new Client({ connection, namespace: environment['TEMPORAL_NAMESPACE']! })
  const ended = async (workflowId: string): Promise<Ended> => {
    const handle = client.workflow.getHandle(workflowId)
    // Our own row tells the end of a run a moment before Temporal does.
    await handle.result()
    const told = await handle.describe()
    return {
      tookMs: told.closeTime!.getTime() - told.startTime.getTime(),
      events: told.historyLength,
    }
  }
  const flowId = await fiveSteps(database, board)
  const taskQueue = await startFloor(stage)
  let sent = 0
  return {
    steps: STEPS,
    async ours() {
      await sendPaced(sender, flowId, { count: 1, everyMs: 0 })
      sent += 1
      const over = () => database('flow_runs').where({ flow_id: flowId, status: 'done' })
      const runs = await waitFor(over, (rows) => rows.length === sent, RUN_LIMIT_MS)
      const [last] = runs.toSorted((one, two) => two.started_at - one.started_at)
      return await ended(automationId(flowId, last.cause))
    },
    async floor() {
      const workflowId = `floor/${newId()}`
      const args = [STEPS]
      await client.workflow.execute('bareSteps', { workflowId, taskQueue, args })
      return await ended(workflowId)
    },
    close: () => connection.close(),
  }
}

/** A message writes five comments to the board's first card. */
export async function fiveSteps(database: Knex, board: FullBoard): Promise<string> {
  const comment = (number: number) => ({
    ...say(`step_${number}`),
    with: { target: board.cardIds[0]!, text: 'Seen {{ trigger.deliveryId }}' },
  })
  const steps = Array.from({ length: STEPS }, (_, number) => comment(number))
  return await aFlowInAction(database, board, { type: 'webhook' }, steps)
}

async function startFloor({ databaseUrl, environment, portFor, keep, logOf }: Stage) {
  const [port, queue] = [await portFor('floor'), 'floor-flows']
  const DATABASE_URL = await databaseBeside(databaseUrl, 'floor_flows')
  await keep({
    name: 'floor',
    command: process.execPath,
    args: [fileURLToPath(new URL('floors/bare-flow.ts', import.meta.url))],
    env: { ...environment, DATABASE_URL, PORT: String(port), TASK_QUEUE: queue },
    ready: () => answers(`http://127.0.0.1:${port}/ready`),
    readyLimitMs: READY_LIMIT_MS,
    stopSignal: 'SIGTERM',
    stopLimitMs: STOP_LIMIT_MS,
    log: logOf('floor'),
  })
  return queue
}
