import { recordSettings } from '#activities/audit/process-settings.ts'
import { refuseDemoAccounts } from '#activities/auth/queries.ts'
import { refuseForeignKey } from '#activities/keys/known-keys.ts'
import { EndedSessions } from '#activities/auth/ended-sessions.ts'
import { openScanner } from '#activities/files/scanners/open-scanner.ts'
import { openStore } from '#activities/files/stores/open-store.ts'
import { keepSweeping } from '#activities/files/sweep-incoming.ts'
import { openMailQueue } from '#activities/mail-queue.ts'
import { tokenKeys } from '#core/platform/access-token.ts'
import { readConfig } from '#core/platform/config.ts'
import { openDatabase } from '#core/platform/database.ts'
import { refuseUnfitLogin } from '#core/platform/login-problem.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { loginUrl } from '#core/platform/login.ts'
import { makeLog } from '#core/platform/log.ts'
import { frontsChannel } from '#core/platform/channels.ts'
import { openRedis } from '#core/platform/redis.ts'
import { onShutdown } from '#core/platform/shutdown.ts'
import { startTracing } from '#core/platform/tracing.ts'
import { BATCHES_MAX, cardActionsWorker, commandCanceller } from '#engine/card-actions-worker.ts'
import { ActionEngine } from '#engine/client.ts'
import { connectEngine, engineClient } from '#engine/connect.ts'
import { dataConverter } from '#engine/data-converter.ts'
import { RunControl } from '#engine/run-control.ts'
import { refuseUnknownSchema } from '#migrations/schema.ts'
import { makeApp } from './app.ts'
import { httpServer } from './http-server.ts'
import { openOidc } from './oidc-issuer.ts'
import { probesOf } from './probes.ts'
import { openQueuesBoard } from './queues-board.ts'
import { Ears } from './streams/ears.ts'
import { forwardUpgrades } from './upgrades.ts'

const CONNECTIONS_MAX = 10
const STATEMENT_LIMIT_MS = 3_000
const DRAIN_LIMIT_MS = 3_000
/** Collab takes up to three seconds to send away all who came through here. */
const GOODBYE_LIMIT_MS = 5_000

/**
 * The API process: serves HTTP and the UI, and hosts the worker that runs card actions, so that
 * an action starts and commits without leaving the process.
 */
const config = readConfig()
const log = makeLog('api', config.LOG_LEVEL)
const tracing = await startTracing(config, 'projectflow-api', log)
const settings = { statementLimitMs: STATEMENT_LIMIT_MS }
const database = openDatabase({
  ...settings,
  url: loginUrl(config, 'API_DATABASE_URL'),
  name: 'projectflow-api',
  connectionsMax: CONNECTIONS_MAX,
})
const workerDatabase = openDatabase({
  ...settings,
  url: loginUrl(config, 'ACTIONS_DATABASE_URL'),
  name: 'projectflow-api-worker',
  connectionsMax: BATCHES_MAX,
  prepares: true,
})

await refuseUnknownSchema(database, log)
await refuseUnfitLogin(database, log)
await refuseUnfitLogin(workerDatabase, log)
if (!config.PROJECTFLOW_DEMO) await refuseDemoAccounts(database, log)
await refuseForeignKey(workerDatabase, readKeyring(config.MASTER_KEY), log)
await database.transaction((trx) => recordSettings(trx, 'api', config))

const redis = openRedis(config.REDIS_URL)
const connection = await connectEngine(config.TEMPORAL_ADDRESS)
const engineTools = {
  taskQueue: config.CARD_ACTIONS_QUEUE,
  redis,
  redisPrefix: config.REDIS_PREFIX,
  log,
}
const converter = dataConverter(config)
const client = engineClient(connection, config.TEMPORAL_NAMESPACE, converter)
const cancel = commandCanceller({ database: workerDatabase, log })
const engine = new ActionEngine({ ...engineTools, client, database, cancel })
const worker = await cardActionsWorker({
  ...engineTools,
  connection,
  namespace: config.TEMPORAL_NAMESPACE,
  dataConverter: converter,
  database: workerDatabase,
  commandKey: config.COMMAND_KEY,
  onApplied: ({ answers }) => engine.applied(answers),
})
const running = worker.run()
const queuesBoard = openQueuesBoard(config)
const mail = openMailQueue(config)
const ears = new Ears(config.REDIS_URL, log)
const files = { store: openStore(config), scanner: openScanner(config.CLAMD_ADDRESS) }
if (!files.scanner.scans) log.warn('no CLAMD_ADDRESS: files are taken without a look for viruses')
const endedSessions = new EndedSessions(database)
await endedSessions.read()
const stopping = new AbortController()
const reading = endedSessions.keepReading(log, stopping.signal)
const sweeping = keepSweeping(files.store, log, stopping.signal)
const app = await makeApp({
  config,
  log,
  database,
  redis,
  engine,
  runs: new RunControl(client, {
    taskQueue: config.AUTOMATION_QUEUE,
    commandKey: config.COMMAND_KEY,
    publicUrl: config.PUBLIC_URL,
  }),
  endedSessions,
  queuesBoard,
  ears,
  files,
  mail,
  keys: tokenKeys(config.AUTH_KEY),
  oidc: openOidc(config, log),
  probes: probesOf({ database, redis, connection, worker }),
})
const answer = app.callback()
const server = httpServer((request, response) => void answer(request, response))
const sockets = forwardUpgrades(server, { host: config.COLLAB_HOST, port: config.COLLAB_PORT }, log)
server.listen(config.PORT, config.HOST, () => log.info({ port: config.PORT }, 'the api is ready'))

// Without its worker the process only queues what others must do; its starter starts it anew.
running.catch((error: unknown) => {
  log.fatal({ error }, 'the card-actions worker failed')
  process.exit(1)
})

onShutdown(log, async () => {
  const closed = new Promise((resolve) => server.close(resolve))
  const leave = (frontId: string) => redis.publish(frontsChannel(config.REDIS_PREFIX), frontId)
  await Promise.all([engine.drain(DRAIN_LIMIT_MS), sockets.end(leave, GOODBYE_LIMIT_MS)])
  server.closeAllConnections()
  await closed
  stopping.abort()
  worker.shutdown()
  await Promise.all([running, reading, sweeping])
  await connection.close()
  await queuesBoard.close()
  await mail.close()
  files.store.close()
  ears.stop()
  redis.disconnect()
  await Promise.all([database.destroy(), workerDatabase.destroy(), tracing.stop()])
})
