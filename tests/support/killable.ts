import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { CollabSettings } from '#collab/collab.ts'

const COLLAB = new URL('collab-process.ts', import.meta.url)

/** A server that can be ended as the power going out ends it. */
export interface Killable {
  readonly port: number
  kill(): Promise<void>
}

/** Starts a script that reads its settings from its first argument and says its port on a line. */
export async function killable(script: URL, settings: object): Promise<Killable> {
  const child = spawn(process.execPath, [script.pathname, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const gone = once(child, 'exit')
  const [said] = await Promise.race([
    once(child.stdout, 'data'),
    gone.then(() => Promise.reject(new Error(`${script.pathname} did not start.`))),
  ])
  return {
    port: Number(said),
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}

export const killableCollab = (url: string, settings: CollabSettings): Promise<Killable> =>
  killable(COLLAB, { url, settings })
