import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import knex from 'knex'
import { expect, inject, onTestFinished, vi } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { ports } from '#start/data/ports.ts'
import { addressesOf, freshDatabase } from '../support/database.ts'

const WAIT = { timeout: 60_000, interval: 100 }
const PROCESSES = { worker: 'engine/worker.ts', collab: 'collab/server.ts', api: 'api/server.ts' }

const aKey = () => randomBytes(32).toString('base64url')

/**
 * The API, collab and the worker as production runs them, with secrets of their own and a database
 * of their own, until the test is over.
 */
export async function production(more: Record<string, string>) {
  const fresh = await freshDatabase()
  const database = knex({ client: 'pg', connection: fresh.url, pool: { min: 0, max: 2 } })
  const folder = mkdtempSync(join(tmpdir(), 'projectflow-planted-'))
  const { web, collab, worker } = await ports(folder, ['web', 'collab', 'worker'])
  const keys = { AUTH_KEY: aKey(), COMMAND_KEY: aKey(), MASTER_KEY: aKey(), AUDIT_KEY: aKey() }
  const at = { api: String(web), collab: String(collab), worker: String(worker) }
  const env = {
    NODE_ENV: 'production',
    PORT: at.api,
    PUBLIC_URL: `http://127.0.0.1:${at.api}`,
    COLLAB_PORT: at.collab,
    WORKER_PORT: at.worker,
    ...addressesOf(fresh.url),
    REDIS_URL: inject('redisUrl'),
    REDIS_PREFIX: newId(),
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    CARD_ACTIONS_QUEUE: `card-actions-${newId()}`,
    AUTOMATION_QUEUE: `automation-${newId()}`,
    FILES_URL: pathToFileURL(folder).href,
    LOG_LEVEL: 'debug',
    ...keys,
    ...more,
  }
  let output = ''
  const children = Object.values(PROCESSES).map((script) => {
    const child = spawn(process.execPath, [script], { env })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => (output += text.toString()))
    }
    return child
  })
  onTestFinished(async () => {
    for (const child of children) child.kill('SIGTERM')
    const left = children.filter(({ exitCode }) => exitCode === null)
    await Promise.all(left.map((child) => once(child, 'exit')))
    await database.destroy()
    await fresh.drop()
    rmSync(folder, { recursive: true })
  })
  for (const port of Object.values(at)) {
    const ready = async () => expect((await fetch(`http://127.0.0.1:${port}/ready`)).ok).toBe(true)
    await vi.waitFor(ready, WAIT).catch((cause: unknown) => {
      throw new Error(`The one at ${port} is not ready.\n${output}`, { cause })
    })
  }
  const { password: databasePassword } = new URL(fresh.url)
  const secrets = { ...keys, databasePassword }
  return { origin: `http://127.0.0.1:${at.api}`, database, keys, secrets, said: () => output }
}
