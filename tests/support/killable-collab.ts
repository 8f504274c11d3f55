import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { CollabSettings } from '#collab/collab.ts'

const SCRIPT = new URL('collab-process.ts', import.meta.url).pathname

/** A process of collab that can be ended as the power going out ends it. */
export interface KillableCollab {
  readonly port: number
  kill(): Promise<void>
}

export async function killableCollab(
  url: string,
  settings: CollabSettings,
): Promise<KillableCollab> {
  const child = spawn(process.execPath, [SCRIPT, JSON.stringify({ url, settings })], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const gone = once(child, 'exit')
  const [said] = await Promise.race([
    once(child.stdout, 'data'),
    gone.then(() => Promise.reject(new Error('Collab did not start.'))),
  ])
  return {
    port: Number(said),
    async kill() {
      child.kill('SIGKILL')
      await gone
    },
  }
}
