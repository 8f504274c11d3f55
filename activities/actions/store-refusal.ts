import type { Command } from '#core/contracts/command.ts'
import type { Refusal } from '#core/kernel/refusal.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { isPassing } from '#core/platform/database-errors.ts'
import type { BatchTools } from './apply-batch.ts'
import { storeEffects, type Applied, type Execution } from './store-effects.ts'

type Tools = Pick<BatchTools, 'database' | 'recordAudit' | 'log'>

/**
 * Stores a refusal as the outcome of a command that has none, in a transaction of its own. What
 * the table does not take of what came with the command is left out: whoever waits gets an answer.
 */
export async function storeRefusal(
  tools: Tools,
  command: Command,
  refusal: Refusal,
  execution: Execution,
): Promise<Applied> {
  const store = async (stored: Command) =>
    await writeAs(tools.database, { workspaceId: command.workspaceId }, (trx) =>
      storeEffects(
        trx,
        [{ kind: 'refused', command: stored, refusal }],
        execution,
        tools.recordAudit,
      ),
    )
  try {
    return await store(command)
  } catch (error) {
    if (isPassing(error)) throw error
    tools.log.error({ error, commandId: command.id }, 'a refusal was stored without its origin')
    return await store({ ...command, ip: '::', requestId: '', summary: command.type })
  }
}
