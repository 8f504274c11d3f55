import type { Command, Outcome } from '#core/contracts/command.ts'
import { applyBatch, type BatchTools } from './apply-batch.ts'
import { outcomeKey } from './outcomes.ts'
import type { Execution } from './store-effects.ts'

/** Does one command within a workflow of somebody else, exactly once; answers its outcome. */
export async function applyCommand(
  tools: BatchTools,
  command: Command,
  execution: Execution,
): Promise<Outcome> {
  const outcomes = new Map<string, Outcome>()
  const announce: BatchTools['announce'] = (applied) => {
    for (const each of applied.answers) outcomes.set(outcomeKey(each.command), each.outcome)
    tools.announce(applied)
  }
  const { workspaceId } = command
  await applyBatch({ ...tools, announce }, { workspaceId, commands: [command] }, execution)
  return outcomes.get(outcomeKey(command))!
}
