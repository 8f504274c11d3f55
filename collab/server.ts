import { collectDefaultMetrics } from 'prom-client'
import { refuseMissingKeys } from '#activities/keys/queries.ts'
import { readConfig } from '#core/platform/config.ts'
import { openDatabase } from '#core/platform/database.ts'
import { refuseUnfitLogin } from '#core/platform/login-problem.ts'
import { readKeyring } from '#core/platform/keyring.ts'
import { loginUrl } from '#core/platform/login.ts'
import { makeLog } from '#core/platform/log.ts'
import { onShutdown } from '#core/platform/shutdown.ts'
import { refuseUnknownSchema } from '#migrations/schema.ts'
import { startCollab } from './collab.ts'

const CONNECTIONS_MAX = 5
const STATEMENT_LIMIT_MS = 3_000
/** Sending viewers away takes as long as the settings say; beyond this nothing is waited for. */
const STOP_LIMIT_MS = 120_000

collectDefaultMetrics()
const config = readConfig()
const log = makeLog('collab', config.LOG_LEVEL)
const database = openDatabase({
  url: loginUrl(config, 'COLLAB_DATABASE_URL'),
  name: 'projectflow-collab',
  connectionsMax: CONNECTIONS_MAX,
  statementLimitMs: STATEMENT_LIMIT_MS,
})
await refuseUnknownSchema(database, log)
await refuseUnfitLogin(database, log)
await refuseMissingKeys(database, readKeyring(config.MASTER_KEY), log)
const collab = await startCollab(config, database, log)
log.info({ port: collab.port }, 'collab is ready')

onShutdown(
  log,
  async () => {
    await collab.stop()
    await database.destroy()
  },
  STOP_LIMIT_MS,
)
