import { collectDefaultMetrics } from 'prom-client'
import { recordSettings } from '#activities/audit/process-settings.ts'
import { flowTools, type FlowParts } from '#activities/flow-tools.ts'
import { keepFlows } from '#activities/keep-flows.ts'
import { startFollowUps } from '#activities/follow-ups.ts'
import { openMailQueue } from '#activities/mail-queue.ts'
import { startMail } from '#activities/send-mail.ts'
import { refuseForeignKey } from '#activities/keys/known-keys.ts'
import { within } from '#core/kernel/within.ts'
import { THE_HOUSE, writeAs } from '#core/platform/acting-as.ts'
import { readConfig } from '#core/platform/config.ts'
import { openDatabase } from '#core/platform/database.ts'
import { refuseUnfitLogin } from '#core/platform/login-problem.ts'
import { loginUrl } from '#core/platform/login.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { makeLog } from '#core/platform/log.ts'
import { opsServer } from '#core/platform/ops-server.ts'
import { openRedis } from '#core/platform/redis.ts'
import { onShutdown } from '#core/platform/shutdown.ts'
import { startTracing } from '#core/platform/tracing.ts'
import { refuseUnknownSchema } from '#migrations/schema.ts'
import { AcceptedCommands } from './accepted-commands.ts'
import {
  BATCHES_MAX,
  cardActionsWorker,
  commandCanceller,
  flowCommandApplier,
} from './card-actions-worker.ts'
import { automationWorker } from './automation-worker.ts'
import { connectEngine, engineClient } from './connect.ts'
import { dataConverter } from './data-converter.ts'
import { keepPromises } from './keep-promises.ts'
import { keepSchedules } from './keep-schedules.ts'
import {
  automationState,
  startAutomation,
  tellAutomation,
  tellEnd,
  cancelAutomation,
  terminateAutomation,
} from './start-automation.ts'

const STATEMENT_LIMIT_MS = 3_000
/** The queue handlers and the relay work beside the batches. */
const FOLLOW_UP_CONNECTIONS_MAX = 8
/** What is not looked after by then, the next worker looks after. */
const KEEPING_STOP_LIMIT_MS = 2_000

/**
 * The worker process: does what follows from actions, takes up batches of card actions whose API
 * process has died with them, and looks after the commands that were answered «queued».
 */
const config = readConfig()
const log = makeLog('worker', config.LOG_LEVEL)
const tracing = await startTracing(config, 'projectflow-worker', log)
const database = openDatabase({
  url: loginUrl(config, 'WORKER_DATABASE_URL'),
  name: 'projectflow-worker',
  connectionsMax: BATCHES_MAX + FOLLOW_UP_CONNECTIONS_MAX,
  statementLimitMs: STATEMENT_LIMIT_MS,
  prepares: true,
})
await refuseUnknownSchema(database, log)
await refuseUnfitLogin(database, log)
await refuseForeignKey(database, readKeyring(config.MASTER_KEY), log)
await writeAs(database, THE_HOUSE, (trx) => recordSettings(trx, 'worker', config))
const redis = openRedis(config.REDIS_URL)
const connection = await connectEngine(config.TEMPORAL_ADDRESS)
const shared = {
  taskQueue: config.CARD_ACTIONS_QUEUE,
  database,
  redis,
  redisPrefix: config.REDIS_PREFIX,
  log,
}
const converter = dataConverter(config)
const client = engineClient(connection, config.TEMPORAL_NAMESPACE, converter)
const cancel = commandCanceller(shared)
const worker = await cardActionsWorker({
  ...shared,
  connection,
  namespace: config.TEMPORAL_NAMESPACE,
  dataConverter: converter,
  commandKey: config.COMMAND_KEY,
})
const runPlace = {
  taskQueue: config.AUTOMATION_QUEUE,
  commandKey: config.COMMAND_KEY,
  publicUrl: config.PUBLIC_URL,
}
const startRun: FlowParts['startRun'] = (...run) => startAutomation(client, runPlace, ...run)
const mails = openMailQueue(config)
const acts = flowTools({
  config,
  database,
  redis,
  mails,
  apply: flowCommandApplier({ ...shared, commandKey: config.COMMAND_KEY }),
  startRun,
  tellEnd: (...end) => tellEnd(client, ...end),
  cancelRun: (...run) => cancelAutomation(client, ...run),
})
const automation = await automationWorker({
  connection,
  namespace: config.TEMPORAL_NAMESPACE,
  dataConverter: converter,
  taskQueue: config.AUTOMATION_QUEUE,
  acts,
})
collectDefaultMetrics()
const running = Promise.all([worker.run(), automation.run()])
const followUps = startFollowUps({
  config,
  database,
  runs: { startRun, tellRun: (...event) => tellAutomation(client, ...event) },
  log,
})
const flows = keepFlows({
  ...acts,
  stateOf: (...run) => automationState(client, ...run),
  endRun: (...run) => terminateAutomation(client, ...run),
  log,
})
const mail = startMail({ config, database, log })
const stopping = new AbortController()
const keeping = keepPromises(
  {
    ...shared,
    client,
    accepted: new AcceptedCommands(shared),
    cancel,
  },
  stopping.signal,
)
const scheduling = keepSchedules(
  { client, taskQueue: config.AUTOMATION_QUEUE, database, log },
  stopping.signal,
)
const ops = await opsServer(config, config.WORKER_PORT, async () => {
  await database.raw('select 1')
  return [worker, automation].every((each) => each.getState() === 'RUNNING')
})
log.info({ port: config.WORKER_PORT }, 'the worker is ready')

// Without its worker the process is of no use; whoever started it starts it anew.
running.catch((error: unknown) => {
  log.fatal({ error }, 'a worker of workflows failed')
  process.exit(1)
})

onShutdown(log, async () => {
  ops.close()
  stopping.abort()
  await within(Promise.all([keeping, scheduling]), KEEPING_STOP_LIMIT_MS).catch(() => {})
  automation.shutdown()
  worker.shutdown()
  await running
  await Promise.all([followUps.stop(), mail.stop(), flows.stop(), mails.close()])
  await connection.close()
  redis.disconnect()
  await Promise.all([database.destroy(), tracing.stop()])
})
