import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { secrets } from './data/secrets.ts'
import { logins } from './logins.ts'

/**
 * Runs a command of operators on the installation in DATA_DIR while it runs: `node start/operate.ts
 * SCRIPT ARGUMENTS`. Where there is none, the command finds its settings in the environment, as servers do.
 */
const [script, ...given] = process.argv.slice(2)
if (!script) throw new Error('usage: node start/operate.ts SCRIPT ARGUMENTS')
const folder = resolve(process.env['DATA_DIR'] ?? '.data')
const env = { ...installation(folder), ...process.env }
process.exitCode =
  spawnSync(process.execPath, [script, ...given], { env, stdio: 'inherit' }).status ?? 1

function installation(data: string): Record<string, string> {
  const file = join(data, 'ports.json')
  if (!existsSync(file)) return {}
  const port = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>
  const kept = secrets(data)
  const owner = `postgres://postgres:${kept.postgresPassword}@127.0.0.1:${port['postgres']}/projectflow`
  return {
    PROJECTFLOW_DEMO: '1',
    DATABASE_URL: owner,
    ...logins(owner, kept),
    REDIS_URL: `redis://127.0.0.1:${port['redis']}`,
    TEMPORAL_ADDRESS: `127.0.0.1:${port['temporal']}`,
    AUTH_KEY: kept.AUTH_KEY,
    COMMAND_KEY: kept.COMMAND_KEY,
    MASTER_KEY: kept.MASTER_KEY,
    AUDIT_KEY: kept.AUDIT_KEY,
  }
}
