import { createHash } from 'node:crypto'
import { inject } from 'vitest'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { Settled, UnsignedStart } from '#core/contracts/flows/run.ts'
import { canonicalJson } from '#core/kernel/canonical-json.ts'
import { newId } from '#core/kernel/ids.ts'
import { openDatabase } from '#core/platform/database.ts'
import { automationWorker } from '#engine/automation-worker.ts'
import { connectEngine } from '#engine/connect.ts'
import { automationId, startAutomation } from '#engine/start-automation.ts'
import { flowLoader, runSettler } from '#activities/automation/index.ts'
import { COMMAND_KEY } from './command.ts'
import type { anEngine } from './engine.ts'
import type { SomeBoard } from './fixtures.ts'

type Engine = Awaited<ReturnType<typeof anEngine>>

/** An automation worker beside an engine, which runs the flows it is given. */
export async function anAutomation(it: Engine, address = inject('temporalAddress')) {
  const taskQueue = `automation-${newId()}`
  const flows = new Map<string, Flow>()
  const settled: Settled[] = []
  const connection = await connectEngine(address)
  const database = openDatabase({
    url: it.workerUrl,
    name: 'test',
    connectionsMax: 4,
    statementLimitMs: 3_000,
    prepares: true,
  })
  const worker = await automationWorker({
    connection,
    namespace: 'default',
    dataConverter: {},
    taskQueue,
    acts: {
      database,
      commandKey: COMMAND_KEY,
      submit: (command) => it.engine.submit(command, 'outcome'),
      async settle(each) {
        settled.push(each)
        await runSettler(database)(each)
      },
      loadFlow: async (of) => flows.get(of.hash) ?? (await flowLoader(database)(of)),
    },
  })
  const running = worker.run()
  return {
    /** What was told of runs that are over. */
    settled,
    taskQueue,
    /** As the worker process logs in. */
    database,
    /** Starts a run about a card of the board, as its owner; answers its handle. */
    async start(flow: Flow, board: SomeBoard, cardId: string, more: Partial<UnsignedStart> = {}) {
      const hash = createHash('sha256').update(canonicalJson(flow)).digest('hex')
      flows.set(hash, flow)
      const { workspaceId, ownerId: actorId, boardId } = board
      const runId = newId()
      const trigger = { type: 'card.moved', at: new Date().toISOString(), actorId: null }
      const card = { id: cardId, boardId, title: 'A card' }
      const base = { runId, cause: runId, flowId: newId(), version: 1, chain: [] }
      const start = { ...base, workspaceId, actorId, hash, trigger, card, ...more }
      await startAutomation(it.client, taskQueue, COMMAND_KEY, start, flow.name)
      return it.client.workflow.getHandle(automationId(start.flowId, start.cause))
    },
    async stop() {
      worker.shutdown()
      await running
      await Promise.all([connection.close(), database.destroy()])
    },
  }
}
