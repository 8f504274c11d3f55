import { runLong } from './process/run.ts'
import { progress } from './say.ts'
import type { Environment } from './servers.ts'

const MIGRATION_LIMIT_MS = 600_000
const SEED_LIMIT_MS = 300_000

/** Brings the schema up to date. */
export async function migrate(env: Environment): Promise<void> {
  const args = ['migrations/migrate.ts', 'up']
  await progress('migrating the database', () =>
    runLong(process.execPath, args, { env, limitMs: MIGRATION_LIMIT_MS }),
  )
}

/** Fills an empty database with the demo; one that has a workspace stays as it is. */
export async function seed(env: Environment): Promise<void> {
  const args = ['start/demo/seed.ts']
  await progress('filling the demo boards', () =>
    runLong(process.execPath, args, { env, limitMs: SEED_LIMIT_MS }),
  )
}
