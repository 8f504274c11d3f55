import type { Command } from '#core/contracts/command.ts'
import type { Refusal } from '#core/kernel/refusal.ts'
import { writeToTheEndAs } from '#core/platform/acting-as.ts'
import { isPassing } from '#core/platform/database-errors.ts'
import type { Locks } from '#core/platform/handler.ts'
import type { BatchTools } from './apply-batch.ts'
import { storeEffects, type Applied, type Execution } from './store-effects.ts'

const NOTHING_LOCKED: Locks = { boardIds: new Set(), rows: new Map() }

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
  const { workspaceId } = command
  const store = async (stored: Command) =>
    await writeToTheEndAs(tools.database, { workspaceId }, async (trx) => {
      const settled = [{ kind: 'refused' as const, command: stored, refusal }]
      const ran = { workspaceId, locks: NOTHING_LOCKED, settled }
      const { applied, last } = await storeEffects(trx, ran, execution, tools.recordAudit)
      return { result: applied, last }
    })
  try {
    return await store(command)
  } catch (error) {
    if (isPassing(error)) throw error
    tools.log.error({ error, commandId: command.id }, 'a refusal was stored without its origin')
    return await store({ ...command, ip: '::', requestId: '', summary: command.type })
  }
}
