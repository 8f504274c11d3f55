import { join } from 'node:path'
import { answers } from './parts/http.ts'
import type { Component } from './process/component.ts'

export type Environment = Readonly<Record<string, string>>

const ROOT = join(import.meta.dirname, '..')
const READY_LIMIT_MS = 60_000
/** A server promises to stop within 10 s. */
const STOP_LIMIT_MS = 10_000

const SCRIPTS = { worker: 'engine/worker.ts', collab: 'collab/server.ts', api: 'api/server.ts' }

const OWN_LOGINS: Readonly<Record<keyof typeof SCRIPTS, readonly string[]>> = {
  worker: ['WORKER_DATABASE_URL'],
  collab: ['COLLAB_DATABASE_URL'],
  api: ['API_DATABASE_URL', 'ACTIONS_DATABASE_URL'],
}

type Server = {
  name: keyof typeof SCRIPTS
  port: number
  environment: Environment
  /** Absent, it speaks to the terminal. */
  log?: string
  nodeFlags?: readonly string[]
}

/** A server process of the product. */
export function server({ name, port, environment, log, nodeFlags = [] }: Server): Component {
  return {
    name,
    command: process.execPath,
    args: [...nodeFlags, join(ROOT, SCRIPTS[name])],
    env: ownPartOf(environment, OWN_LOGINS[name]),
    ready: () => answers(`http://127.0.0.1:${port}/ready`),
    readyLimitMs: READY_LIMIT_MS,
    stopSignal: 'SIGTERM',
    stopLimitMs: STOP_LIMIT_MS,
    ...(log !== undefined && { log }),
  }
}

/** No process is told how another logs in to the database, or its owner. */
function ownPartOf(environment: Environment, logins: readonly string[]): Environment {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name]) => !name.endsWith('DATABASE_URL') || logins.includes(name),
    ),
  )
}
