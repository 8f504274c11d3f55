import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Group } from './group.ts'
import { identity } from './identity.ts'

/** A process to keep alive, and all that is known about it. */
export type Component = {
  name: string
  command: string
  args: readonly string[]
  env?: NodeJS.ProcessEnv
  /** Fulfils once the component is usable; it is asked again while it rejects. */
  ready: () => Promise<void>
  readyLimitMs: number
  stopSignal: NodeJS.Signals
  stopLimitMs: number
  /** The file its output goes to; without one it goes where ours goes. */
  log?: string
}

/** One life of a component: no group when its command could not be started at all. */
export type Life = { group: Group | undefined; ended: Promise<string> }

const LOG_BYTES_MAX = 10_000_000
const LAST_WORDS_LINES = 15

/** Starts the component in a process group of its own. */
export function launch(component: Component): Life {
  const { name, command, args, env, log, stopSignal, stopLimitMs } = component
  const output = log === undefined ? 'inherit' : openLog(log)
  const child = spawn(command, args, {
    detached: true,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...env },
  })
  if (typeof output === 'number') closeSync(output)
  const { promise: ended, resolve } = Promise.withResolvers<string>()
  child.once('error', (error) => resolve(error.message))
  child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))

  const { pid } = child
  if (pid === undefined) return { group: undefined, ended }
  return { group: { name, pid, born: identity(pid) ?? '', stopSignal, stopLimitMs }, ended }
}

/** The end of a component's log, for whoever has to find out why it died. */
export function lastWords({ log }: Component): string {
  if (log === undefined) return ''
  const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
  return [`The end of ${log}:`, ...lines.slice(-LAST_WORDS_LINES)].join('\n  ')
}

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true })
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (bytes > LOG_BYTES_MAX) renameSync(path, `${path}.old`)
  return openSync(path, 'a', 0o600)
}
