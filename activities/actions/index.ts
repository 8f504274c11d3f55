import type { ActionBatch, BatchReport } from '#core/contracts/command.ts'
import type { Handlers } from '#core/platform/handler.ts'
import { inSpan } from '#core/platform/span.ts'
import { applyBatch, type BatchTools } from './apply-batch.ts'
import { batchSpan } from './batch-span.ts'
import type { Execution } from './store-effects.ts'
import { undoWith } from './undo.ts'

export { announcer } from './announce.ts'
export { cancelCommands } from './cancel-commands.ts'
export type { Applied, Execution } from './store-effects.ts'

/** The activity the card-actions workflow calls, made from what it needs. */
export function cardActionActivities(
  tools: Omit<BatchTools, 'handlers'> & { readonly handlers: Omit<Handlers, 'undo'> },
  execution: () => Execution,
) {
  const handlers: Handlers = { ...tools.handlers, undo: undoWith(tools.handlers) }
  return {
    applyBatch: async (batch: ActionBatch): Promise<BatchReport> => {
      const current = execution()
      return await inSpan(batchSpan(batch, current), () =>
        applyBatch({ ...tools, handlers }, batch, current),
      )
    },
  }
}

export type CardActionActivities = ReturnType<typeof cardActionActivities>
