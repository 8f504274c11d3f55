import type { Knex } from 'knex'
import type { Command } from '#core/contracts/command.ts'
import { ask, answersOf } from '#core/platform/ask.ts'
import { actAsSql } from '#core/platform/acting-as.ts'
import { Relocated, type Handlers, type Locks, type Work } from '#core/platform/handler.ts'
import { lockCards, readEnds } from '#activities/kanban/queries.ts'
import { lockBoards } from '#activities/projects/queries.ts'
import { standings } from '#activities/rbac/queries.ts'
import type { BatchTools } from './apply-batch.ts'
import { outcomeKey, storedOutcomes } from './outcomes.ts'
import { asRefusal, knownOutcome, runCommand, type Batch, type Settled } from './run-command.ts'

export interface Ran {
  readonly workspaceId: string
  readonly locks: Locks
  readonly settled: readonly Settled[]
  /** Their rows lie on boards the batch has not locked; each needs a batch of its own. */
  readonly relocated: readonly Command[]
}

/**
 * Runs commands in order inside one transaction. First it locks every board they name, then every
 * card, each in one order: locking command by command deadlocks. A refusal rolls back its own
 * command only; a fault is thrown and ends the transaction. What is common to all is read as the
 * workspace; each command then sees what its own actor may, and that is set before its savepoint,
 * because a rollback brings back the setting of that moment.
 */
export async function runBatch(
  trx: Knex.Transaction,
  commands: readonly Command[],
  { handlers, commandKey }: Pick<BatchTools, 'handlers' | 'commandKey'>,
  written: Work['written'],
): Promise<Ran> {
  const boardIds = new Set(commands.flatMap((command) => command.boardIds))
  const { workspaceId } = commands[0]!
  const locks: Locks = { boardIds, rows: new Map() }
  const actors = [...new Set(commands.map((command) => command.actorId))]
  // Sent in this order and done in turn.
  const [, known, members] = await answersOf([
    lockBoards(trx, locks),
    storedOutcomes(trx, commands),
    standings(trx, workspaceId, actors),
    lockCards(trx, locks, [...new Set(commands.flatMap((command) => command.cardIds))]),
    readEnds(trx, locks, commands),
  ])
  const batch: Batch = { trx, locks, members, now: new Date(), written }

  const settled = new Map<string, Settled>()
  const relocated: Command[] = []
  let release = ''
  for (const command of commands) {
    const key = outcomeKey(command)
    const stored = known.get(key)
    if (stored) {
      settled.set(key, { kind: 'known', command, outcome: knownOutcome(command, stored) })
    } else if (!settled.has(key)) {
      await written(ask(trx, `${release}${actAsSql(trx, asActor(command))}; savepoint command`))
      release = 'release savepoint command; '
      const result = await settle(batch, command, handlers, commandKey)
      if (result) settled.set(key, result)
      else relocated.push(command)
    }
  }
  return { workspaceId, locks, settled: [...settled.values()], relocated }
}

const asActor = ({ actorId: userId, workspaceId }: Command) => ({ userId, workspaceId })

/** Runs one command inside its savepoint; undefined when it needs a batch of its own. */
async function settle(
  batch: Batch,
  command: Command,
  handlers: Handlers,
  commandKey: string,
): Promise<Settled | undefined> {
  try {
    const effect = await runCommand(batch, command, handlers, commandKey)
    return { kind: 'done', command, effect }
  } catch (error) {
    const refusal = asRefusal(error)
    if (!refusal && !(error instanceof Relocated)) throw error
    await ask(batch.trx, 'rollback to savepoint command')
    batch.locks.rows.clear()
    return refusal && { kind: 'refused', command, refusal }
  }
}
