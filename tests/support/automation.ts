import { createHash, randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { RunState, Settled, UnsignedStart } from '#core/contracts/flows/run.ts'
import { canonicalJson } from '#core/kernel/canonical-json.ts'
import { newId } from '#core/kernel/ids.ts'
import { openDatabase } from '#core/platform/database.ts'
import { makeLog } from '#core/platform/log.ts'
import { openRedis } from '#core/platform/redis.ts'
import { automationWorker } from '#engine/automation-worker.ts'
import { flowCommandApplier } from '#engine/card-actions-worker.ts'
import { connectEngine } from '#engine/connect.ts'
import { automationId } from '#core/kernel/automation-id.ts'
import { startAutomation, tellEnd, cancelAutomation } from '#engine/start-automation.ts'
import { flowTools } from '#activities/flow-tools.ts'
import type { StartRun } from '#activities/automation/tools.ts'
import type { WantedMail } from '#activities/mail-queue.ts'
import { aRunPlace, COMMAND_KEY } from './command.ts'
import type { anEngine } from './engine.ts'
import type { SomeBoard } from './fixtures.ts'

type Engine = Awaited<ReturnType<typeof anEngine>>

export const MASTER_KEY = randomBytes(32).toString('base64url')

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
  const redis = openRedis(it.redisUrl)
  const letters: WantedMail[] = []
  const place = aRunPlace(taskQueue)
  const startRun: StartRun = (...run) => startAutomation(it.client, place, ...run)
  const acts = flowTools({
    config: {
      COMMAND_KEY,
      MASTER_KEY,
      REDIS_PREFIX: it.redisPrefix,
      // Where servers of tests are.
      EGRESS_OPEN_NETWORKS: ['127.0.0.0/8'],
      PROJECTFLOW_DEMO: true,
      SMTP_URL: undefined,
    },
    database,
    redis,
    mails: {
      add: async (mail) => void letters.push(mail),
    },
    apply: flowCommandApplier({
      database,
      redis,
      redisPrefix: it.redisPrefix,
      commandKey: COMMAND_KEY,
      log: makeLog('test', process.env['TEST_LOG'] ?? 'silent'),
    }),
    startRun,
    tellEnd: (...end) => tellEnd(it.client, ...end),
    cancelRun: (...run) => cancelAutomation(it.client, ...run),
  })
  const worker = await automationWorker({
    connection,
    namespace: 'default',
    dataConverter: {},
    taskQueue,
    acts: {
      ...acts,
      async settle(each) {
        settled.push(each)
        await acts.settle(each)
      },
      loadFlow: async (of) => flows.get(of.hash) ?? (await acts.loadFlow(of)),
    },
  })
  const running = worker.run()
  return {
    /** What was told of runs that are over. */
    settled,
    /** What was given to the mail queue. */
    letters,
    /** What its runs act with. */
    acts,
    startRun,
    taskQueue,
    /** As the worker process logs in. */
    database,
    /** Starts a run about a card of the board, as its owner; answers its handle. */
    async start(
      flow: Flow,
      board: SomeBoard,
      cardId: string,
      more: Partial<UnsignedStart> = {},
      state?: RunState,
    ) {
      const hash = createHash('sha256').update(canonicalJson(flow)).digest('hex')
      flows.set(hash, flow)
      const { workspaceId, ownerId: actorId, boardId } = board
      const runId = newId()
      const trigger = { type: 'card.moved', at: new Date().toISOString(), actorId: null }
      const card = { id: cardId, boardId, title: 'A card' }
      const base = { runId, cause: runId, flowId: newId(), version: 1, chain: [] }
      const start = { ...base, workspaceId, actorId, hash, trigger, card, ...more }
      await keepFlow(it, board, start.flowId)
      await startAutomation(it.client, place, start, flow.name, state)
      return it.client.workflow.getHandle(automationId(start.flowId, start.cause))
    },
    async stop() {
      worker.shutdown()
      await running
      redis.disconnect()
      await Promise.all([connection.close(), database.destroy()])
    },
  }
}

/** What a run leaves behind belongs to a flow. */
async function keepFlow(it: Engine, board: SomeBoard, id: string): Promise<void> {
  const { workspaceId: workspace_id, projectId: project_id, ownerId: created_by } = board
  const flow = { id, workspace_id, project_id, name: 'A flow', draft: {}, created_by }
  await it.database('flows').insert(flow).onConflict('id').ignore()
}
