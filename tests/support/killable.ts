import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { CollabSettings } from '#collab/collab.ts'

const COLLAB = new URL('collab-process.ts', import.meta.url)

/** A server that can be ended as the power going out ends it. */
export interface Killable {
  readonly port: number
  /** Of the process. */
  readonly pid: number
  /** Whether it is gone, whoever ended it. */
  hasEnded(): boolean
  /** What it keeps in memory once its rubbish is collected; only of scripts that tell. */
  keptBytes(): Promise<number>
  kill(): Promise<void>
}

/** Starts a script that reads its settings from its first argument and says its port on a line. */
export async function killable(script: URL, settings: object): Promise<Killable> {
  const child = spawn(process.execPath, [script.pathname, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
  })
  const gone = once(child, 'exit')
  const port = await Promise.race([
    portSaidOn(child.stdout!),
    gone.then(() => Promise.reject(new Error(`${script.pathname} did not start.`))),
  ])
  return {
    port,
    pid: child.pid!,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async keptBytes() {
      const told = once(child, 'message')
      child.send('memory')
      return ((await told)[0] as { keptBytes: number }).keptBytes
    },
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

/** Libraries may say something of theirs there, too. */
async function portSaidOn(output: Readable): Promise<number> {
  for await (const line of createInterface(output)) {
    if (!/^\d+$/.test(line)) continue
    output.resume()
    return Number(line)
  }
  return await new Promise(() => {})
}

export const killableCollab = (url: string, settings: CollabSettings): Promise<Killable> =>
  killable(COLLAB, { url, settings })
