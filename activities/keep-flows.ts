import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#core/platform/log.ts'
import { keepWebhooks } from './automation/keep-webhooks.ts'
import { startDue } from './automation/start-due.ts'
import type { ActTools } from './automation/tools.ts'

const DUE_EVERY_MS = 30_000

/** Looks after what flows have left to do outside their runs, and what day it is, until `stop`. */
export function keepFlows(tools: ActTools & { readonly log: Log }): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  const keeping = Promise.all([keepWebhooks(tools, signal), keepDue(tools, signal)])
  return {
    async stop() {
      stopping.abort()
      await keeping
    },
  }
}

async function keepDue(
  tools: ActTools & { readonly log: Log },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await startDue(tools).catch((error: unknown) => {
      tools.log.warn({ error }, 'could not look for cards that are due')
    })
    await sleep(DUE_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}
