import type { Log } from './log.ts'

const STOP_LIMIT_MS = 9_000

/**
 * Runs `stop` once on SIGTERM or SIGINT and ends the process: 0 when it stopped in time, 1 when
 * it had to be cut off, after `limitMs`.
 */
export function onShutdown(log: Log, stop: () => Promise<void>, limitMs = STOP_LIMIT_MS): void {
  let stopping = false
  const end = (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), limitMs).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ error }, 'did not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
}
