import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parentOf } from '#start/process/identity.ts'
import { readRunning } from '#start/process/running.ts'
import { commandOf, processesWith, until } from './processes.ts'

export type Started = {
  /** What it printed until now. */
  output: () => string
  /** The process ids from the outside in; the shell only where it is a process of its own. */
  pids: () => { npm: number; shell: number; starter: number }
  component: (name: string) => number
  /** All processes of this start that live now. */
  processes: () => readonly number[]
  says: (words: string) => Promise<void>
  ended: Promise<number | string>
  /** Ends whatever a failed test left. */
  kill: () => void
  /** Fulfils when no process of this start is left. */
  nothingLeft: () => Promise<void>
}

const SAY_LIMIT_MS = 60_000
const GONE_LIMIT_MS = 20_000

/** A folder whose `npm start` runs this script, with its data beside. */
export function packageFor(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'projectflow-start-'))
  const scripts = { start: `${process.execPath} ${script}` }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ scripts }))
  return folder
}

/** Runs an npm script in a process group of its own, as a terminal does. */
export function npmRun(
  script: string,
  folder: string,
  environment: Record<string, string>,
): Started {
  const mark = randomUUID()
  const data = environment['DATA_DIR'] ?? join(folder, '.data')
  const child = spawn('npm', ['run', script, '--silent'], {
    cwd: folder,
    detached: true,
    env: { ...process.env, ...environment, DATA_DIR: data, MARK_OF_TEST: mark },
  })
  let output = ''
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  child.stderr.on('data', (text: Buffer) => (output += text.toString()))
  const ended = new Promise<number | string>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? code ?? 0)),
  )
  const runningFile = join(data, 'running.json')
  const processes = () => [...new Set([...processesWith(mark), ...processesWith(data)])]
  return {
    output: () => output,
    pids: () => chain(child, Number(readRunning(runningFile)?.starter.split(' ')[0])),
    component: (name) =>
      readRunning(runningFile)?.groups.find((group) => group.name === name)?.pid ?? 0,
    says: (words) =>
      until(
        () => output.includes(words),
        SAY_LIMIT_MS,
        () => output,
      ),
    processes,
    ended,
    kill: () => processes().forEach(kill),
    nothingLeft: () =>
      until(
        () => processes().length === 0,
        GONE_LIMIT_MS,
        () => {
          return `Left: ${processes().map(commandOf).join('\n')}\n${output}`
        },
      ),
  }
}

function chain(
  npm: ChildProcess,
  starter: number,
): { npm: number; shell: number; starter: number } {
  const shell = parentOf(starter) ?? 0
  return { npm: npm.pid ?? 0, shell, starter }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was on its way out already.
  }
}
