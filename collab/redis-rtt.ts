import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { redisRttMs } from './metrics.ts'

const ASK_EVERY_MS = 5_000

/** Measures how long Redis takes to answer, until `signal` aborts; while it is away there is no figure. */
export async function keepMeasuring(redis: Redis, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const startMs = performance.now()
    await redis.ping().then(
      () => redisRttMs.observe(performance.now() - startMs),
      () => {},
    )
    await sleep(ASK_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}
