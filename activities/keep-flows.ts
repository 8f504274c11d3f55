import type { Log } from '#core/platform/log.ts'
import { keepWebhooks } from './automation/keep-webhooks.ts'
import type { ActTools } from './automation/tools.ts'

/** Looks after what flows have left to do outside their runs, until `stop`. */
export function keepFlows(tools: ActTools & { readonly log: Log }): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const keeping = keepWebhooks(tools, stopping.signal)
  return {
    async stop() {
      stopping.abort()
      await keeping
    },
  }
}
