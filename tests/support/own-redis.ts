import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'
import { vi } from 'vitest'
import { freePort } from './free-port.ts'

const UP_LIMIT_MS = 5_000

/** A real Redis for one test file, to be emptied and killed as it likes. */
export interface OwnRedis {
  readonly url: string
  /** Takes it away at once; what it held is gone. */
  kill(): Promise<void>
  /** Its connections stay open, but nobody answers until `wake`. */
  hang(): void
  wake(): void
  /** Brings it up, empty, where it was. */
  start(): Promise<void>
}

export async function ownRedis(): Promise<OwnRedis> {
  const port = await freePort()
  let server: ChildProcess | null = null

  async function start(): Promise<void> {
    const settings = [
      '--port',
      `${port}`,
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
    ]
    server = spawn('redis-server', settings, { stdio: 'ignore' })
    const client = new Redis(port, { retryStrategy: () => 20, maxRetriesPerRequest: null })
    client.on('error', () => {})
    await vi.waitFor(() => client.ping(), UP_LIMIT_MS)
    client.disconnect()
  }

  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    hang: () => void server!.kill('SIGSTOP'),
    wake: () => void server!.kill('SIGCONT'),
    async kill() {
      if (!server || server.exitCode !== null) return
      const gone = once(server, 'exit')
      server.kill('SIGKILL')
      await gone
      server = null
    },
  }
}
