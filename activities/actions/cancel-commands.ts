import type { Command } from '#core/contracts/command.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { isSettled } from '#core/platform/database-errors.ts'
import type { BatchTools } from './apply-batch.ts'
import type { Execution } from './store-effects.ts'
import { storeRefusal } from './store-refusal.ts'

/**
 * Settles commands whose workflow was ended before it had done them: each gets the outcome
 * `command.cancelled`. A worker may still be in the middle of one; whoever writes the outcome
 * first has decided, for the other then fails on its key. So what is stored afterwards is the
 * answer, and it stays the answer.
 */
export async function cancelCommands(
  tools: Pick<BatchTools, 'database' | 'recordAudit' | 'log'>,
  commands: readonly Command[],
  workflow: Pick<Execution, 'workflowId' | 'runId'>,
): Promise<void> {
  const execution: Execution = { ...workflow, attempt: 1 }
  const refusal = new Refusal('command.cancelled', 'An operator ended the workflow.')
  for (const command of commands) {
    try {
      await storeRefusal(tools, command, refusal, execution)
    } catch (error) {
      if (!isSettled(error)) throw error
      tools.log.info({ error, commandId: command.id }, 'a cancelled command was settled already')
    }
  }
}
