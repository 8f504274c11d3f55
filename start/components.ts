import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ports } from './data/ports.ts'
import { secrets } from './data/secrets.ts'
import type { Stage } from './lifecycle.ts'
import { logins } from './logins.ts'
import { isolationLine } from './parts/isolation.ts'
import type { Part } from './parts/part.ts'
import { postgres } from './parts/postgres.ts'
import { redis } from './parts/redis.ts'
import { NAMESPACE, temporal } from './parts/temporal.ts'
import type { Environment } from './servers.ts'

type Ready = {
  /** For every server process: the addresses and secrets of this installation. */
  environment: Environment
  collabPort: number
  workerPort: number
  /** One line for each component, for the person at the terminal. */
  lines: readonly string[]
}

const PORTS = ['postgres', 'redis', 'temporal', 'temporalUi', 'collab', 'worker'] as const

/** Finds or brings up what the servers stand on, all at the same time. */
export async function components(stage: Stage, webPort: number): Promise<Ready> {
  const { folder } = stage
  const kept = secrets(folder)
  const port = await ports(folder, PORTS)
  const [database, cache, engine, box] = await Promise.all([
    up(stage, postgres(folder, { port: port.postgres, password: kept.postgresPassword })),
    up(stage, redis(folder, port.redis)),
    up(stage, temporal(folder, { port: port.temporal, uiPort: port.temporalUi })),
    isolationLine(folder),
  ])
  return {
    environment: {
      PROJECTFLOW_DEMO: '1',
      HOST: '127.0.0.1',
      PORT: String(webPort),
      PUBLIC_URL: `http://127.0.0.1:${webPort}`,
      COLLAB_PORT: String(port.collab),
      // Nobody is to wait for Ctrl-C.
      COLLAB_DRAIN_S: '0',
      WORKER_PORT: String(port.worker),
      DATABASE_URL: database.address,
      ...logins(database.address, kept),
      REDIS_URL: cache.address,
      TEMPORAL_ADDRESS: engine.address,
      TEMPORAL_NAMESPACE: process.env['TEMPORAL_NAMESPACE'] ?? NAMESPACE,
      TEMPORAL_UI_URL: engine.uiUrl,
      AUTH_KEY: kept.AUTH_KEY,
      COMMAND_KEY: kept.COMMAND_KEY,
      MASTER_KEY: kept.MASTER_KEY,
      AUDIT_KEY: kept.AUDIT_KEY,
      FILES_URL: process.env['FILES_URL'] ?? pathToFileURL(join(folder, 'files')).href,
    },
    collabPort: port.collab,
    workerPort: port.worker,
    lines: [
      `Temporal UI  ${engine.uiUrl} (${engine.chosen})`,
      `Postgres     ${database.chosen}`,
      `Redis        ${cache.chosen}`,
      `Isolation    ${box}`,
    ],
  }
}

/** Keeps what was found alive, if it is ours to run. */
async function up<Found extends Part>({ keep }: Stage, looking: Promise<Found>): Promise<Found> {
  const found = await looking
  if (found.component) await keep(found.component)
  return found
}
