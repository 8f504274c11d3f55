import type { Command } from '#core/contracts/command.ts'
import { summaryOf } from '#core/kernel/summary.ts'
import type { Target } from './resolve-target.ts'

/** What a command says of its target: the rows to lock, and how and where it is told of. */
export function aimOf(
  { actorName, name, columnName, userName, boardIds, cardIds, place }: Target,
  summary: string,
  body: object,
): Pick<Command, 'boardIds' | 'cardIds' | 'summary' | 'place'> {
  const names = {
    ...(body as Record<string, string>),
    target: name,
    column: columnName ?? undefined,
    user: userName ?? undefined,
  }
  return { boardIds, cardIds, summary: summaryOf(actorName, summary, names), place }
}
