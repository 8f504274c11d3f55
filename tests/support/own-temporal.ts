import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { temporalBinary } from '#start/parts/temporal-binary.ts'
import { temporalServer } from '#start/parts/temporal.ts'
import { freePort } from './free-port.ts'

const UP_LIMIT_MS = 30_000

/** A real Temporal for one test file, to be stopped and emptied as it likes. */
export interface OwnTemporal {
  readonly address: string
  /** Its Web UI. */
  readonly uiUrl: string
  /** Its connections stay open, but nobody answers until `wake`. */
  hang(): void
  wake(): void
  /** Takes it away at once with all it knew, and brings up an empty one where it was. */
  loseAll(): Promise<void>
  stop(): Promise<void>
}

export async function ownTemporal(flags: readonly string[] = []): Promise<OwnTemporal> {
  const binary = await temporalBinary()
  const [port, uiPort] = [await freePort(), await freePort()]
  let running: { child: ChildProcess; folder: string }

  async function start(): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'projectflow-temporal-'))
    const { command, args, ready } = temporalServer(binary, folder, { port, uiPort })
    running = { folder, child: spawn(command, [...args, ...flags], { stdio: 'ignore' }) }
    await vi.waitFor(ready, UP_LIMIT_MS)
  }
  async function stop(): Promise<void> {
    const gone = once(running.child, 'exit')
    running.child.kill('SIGKILL')
    await gone
    rmSync(running.folder, { recursive: true })
  }

  await start()
  return {
    address: `127.0.0.1:${port}`,
    uiUrl: `http://127.0.0.1:${uiPort}`,
    hang: () => void running.child.kill('SIGSTOP'),
    wake: () => void running.child.kill('SIGCONT'),
    async loseAll() {
      await stop()
      await start()
    },
    stop,
  }
}
