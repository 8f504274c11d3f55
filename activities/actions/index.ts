import type { ActionBatch, BatchReport, Command, Outcome } from '#core/contracts/command.ts'
import type { Handlers } from '#core/platform/handler.ts'
import { inSpan } from '#core/platform/span.ts'
import { applyBatch, type BatchTools } from './apply-batch.ts'
import { applyCommand } from './apply-command.ts'
import { batchSpan } from './batch-span.ts'
import type { Execution } from './store-effects.ts'
import { undoWith } from './undo.ts'

export { announcer } from './announce.ts'
export { cancelCommands } from './cancel-commands.ts'
export type { Applied, Execution } from './store-effects.ts'

type ActionTools = Omit<BatchTools, 'handlers'> & { readonly handlers: Omit<Handlers, 'undo'> }

const withUndo = (tools: ActionTools): BatchTools => ({
  ...tools,
  handlers: { ...tools.handlers, undo: undoWith(tools.handlers) },
})

/** How a step of a flow does an action on a card: here and now, in the workflow of its run. */
export function commandApplier(
  tools: ActionTools,
  execution: () => Execution,
): (command: Command) => Promise<Outcome> {
  const complete = withUndo(tools)
  return async (command) => {
    const current = execution()
    const batch = { workspaceId: command.workspaceId, commands: [command] }
    return await inSpan(batchSpan(batch, current), () => applyCommand(complete, command, current))
  }
}

/** The activity the card-actions workflow calls, made from what it needs. */
export function cardActionActivities(tools: ActionTools, execution: () => Execution) {
  const complete = withUndo(tools)
  return {
    applyBatch: async (batch: ActionBatch): Promise<BatchReport> => {
      const current = execution()
      return await inSpan(batchSpan(batch, current), () => applyBatch(complete, batch, current))
    },
  }
}

export type CardActionActivities = ReturnType<typeof cardActionActivities>
