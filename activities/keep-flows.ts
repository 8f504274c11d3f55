import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '#core/platform/log.ts'
import { findLostRuns, type LostRunTools } from './automation/find-lost-runs.ts'
import { keepWebhooks } from './automation/keep-webhooks.ts'
import { startAudited } from './automation/start-audited.ts'
import { startDue } from './automation/start-due.ts'
import type { ActTools } from './automation/tools.ts'

const DUE_EVERY_MS = 30_000
const LOST_EVERY_MS = 10_000
const AUDITED_EVERY_MS = 2_000

type Tools = ActTools & LostRunTools & { readonly log: Log }

/** Looks after what flows have left to do outside their runs, and what day it is, until `stop`. */
export function keepFlows(tools: Tools): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping
  const again = async (everyMs: number, what: string, work: () => Promise<unknown>) => {
    while (!signal.aborted) {
      await work().catch((error: unknown) => tools.log.warn({ error }, `could not ${what}`))
      await sleep(everyMs, undefined, { signal }).catch(() => {})
    }
  }
  const keeping = Promise.all([
    keepWebhooks(tools, signal),
    again(DUE_EVERY_MS, 'look for cards that are due', () => startDue(tools)),
    again(AUDITED_EVERY_MS, 'read the audit for flows', () => startAudited(tools)),
    again(LOST_EVERY_MS, 'look for runs that are lost', () => findLostRuns(tools)),
  ])
  return {
    async stop() {
      stopping.abort()
      await keeping
    },
  }
}
