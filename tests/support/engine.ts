import type { DataConverter } from '@temporalio/common'
import { inject } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { openDatabase } from '#core/platform/database.ts'
import { makeLog } from '#core/platform/log.ts'
import { openRedis } from '#core/platform/redis.ts'
import { cardActionsWorker, commandCanceller } from '#engine/card-actions-worker.ts'
import { ActionEngine } from '#engine/client.ts'
import { connectEngine, engineClient } from '#engine/connect.ts'
import { COMMAND_KEY } from './command.ts'
import type { Components } from './components.ts'
import { freshDatabase } from './database.ts'

const STATEMENT_LIMIT_MS = 3_000
const CONNECTIONS_MAX = 12

type Where = Omit<Components, 'runningFile'>

const here = (): Where => ({
  postgresUrl: inject('postgresUrl'),
  redisUrl: inject('redisUrl'),
  temporalAddress: inject('temporalAddress'),
})

/** An engine with a worker in the same process, as the API has it, on a database of its own. */
export async function anEngine(
  { postgresUrl, redisUrl, temporalAddress }: Where = here(),
  dataConverter: DataConverter = {},
) {
  const fresh = await freshDatabase(postgresUrl)
  const log = makeLog('test', process.env['TEST_LOG'] ?? 'silent')
  const open = (url: string) =>
    openDatabase({
      url,
      name: 'test',
      connectionsMax: CONNECTIONS_MAX,
      statementLimitMs: STATEMENT_LIMIT_MS,
      prepares: true,
    })
  const owner = open(fresh.url)
  const database = open(fresh.urlOf('api'))
  const actions = open(fresh.urlOf('actions'))
  const redis = openRedis(redisUrl)
  const redisPrefix = newId()
  const taskQueue = `card-actions-${newId()}`
  const connection = await connectEngine(temporalAddress)
  const client = engineClient(connection, 'default', dataConverter)
  const cancel = commandCanceller({ database: actions, log })
  const engine = new ActionEngine({ client, taskQueue, database, redis, redisPrefix, cancel, log })
  const worker = await cardActionsWorker({
    connection,
    namespace: 'default',
    dataConverter,
    taskQueue,
    database: actions,
    redis,
    redisPrefix,
    commandKey: COMMAND_KEY,
    log,
    onApplied: ({ answers }) => engine.applied(answers),
  })
  const running = worker.run()
  return {
    client,
    temporalAddress,
    redisUrl,
    /** Where the worker process logs in. */
    workerUrl: fresh.urlOf('worker'),
    /** As the owner; the engine logs in as it does everywhere. */
    database: owner,
    engine,
    taskQueue,
    redisPrefix,
    worker,
    async stop() {
      worker.shutdown()
      await running
      await connection.close()
      redis.disconnect()
      await Promise.all([owner, database, actions].map((each) => each.destroy()))
      await fresh.drop()
    },
  }
}
