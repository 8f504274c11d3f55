import type { Knex } from 'knex'
import type { ActionBatch, BatchReport, Command } from '#core/contracts/command.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { readAs, writeToTheEndAs } from '#core/platform/acting-as.ts'
import { answersOf } from '#core/platform/ask.ts'
import { isPassing, isTooSlow } from '#core/platform/database-errors.ts'
import type { Handlers } from '#core/platform/handler.ts'
import type { Log } from '#core/platform/log.ts'
import { resolveLocks } from './queries.ts'
import { runBatch } from './run-batch.ts'
import { storeEffects, type Applied, type Execution, type RecordAudit } from './store-effects.ts'
import { storeRefusal } from './store-refusal.ts'

/** A fault may be bad luck once; the second time the culprit is looked for. */
const TRIES_TOGETHER = 2
/**
 * A statement over its limit most often waits for a lock, and locks pass: minutes of patience. Then
 * it is taken for a fault, or one slow command would hold up its workspace for as long as it lives.
 */
const SLOW_TRIES_MAX = 60
/** A card can be moved away between the look and the lock, but hardly this often. */
const RELOCATIONS_MAX = 10

export interface BatchTools {
  readonly database: Knex
  readonly handlers: Handlers
  readonly commandKey: string
  readonly recordAudit: RecordAudit
  /** Called after each commit; must not throw. */
  readonly announce: (applied: Applied) => void
  readonly log: Log
}

/**
 * Does a batch of commands, each exactly once however often it is called: outcomes are stored with
 * the effects, and commands that have one are answered from it. Throws only what another try of
 * the whole batch can mend (locks, lost connections).
 */
export async function applyBatch(
  tools: BatchTools,
  { commands }: ActionBatch,
  execution: Execution,
): Promise<BatchReport> {
  const applied = await applyAll(tools, commands, execution)
  const lines = applied.flatMap(({ answers }) =>
    answers.map(({ command, outcome }) =>
      outcome.status === 'done' ? command.summary : `${command.summary}: ${outcome.code}`,
    ),
  )
  const outcomes = applied.flatMap(({ answers }) => answers.map(({ outcome }) => outcome))
  const done = outcomes.filter((outcome) => outcome.status === 'done').length
  return { done, refused: outcomes.length - done, lines }
}

async function applyAll(
  tools: BatchTools,
  commands: readonly Command[],
  execution: Execution,
): Promise<Applied[]> {
  let fault: unknown
  for (let tries = 0; tries < TRIES_TOGETHER; tries += 1) {
    try {
      return await applyTogether(tools, commands, execution, tries > 0)
    } catch (error) {
      const isHopeless = isTooSlow(error) && execution.attempt > SLOW_TRIES_MAX
      if (isPassing(error) && !isHopeless) throw error
      fault = error
      tools.log.error({ error, workflowId: execution.workflowId, tries }, 'a batch met a fault')
    }
  }
  const [first, ...others] = commands
  if (first && others.length === 0) return [await storeFault(tools, first, execution, fault)]
  return await applyOneByOne(tools, commands, execution)
}

/** Each command by itself; what one throws does not keep those after it from being done. */
async function applyOneByOne(
  tools: BatchTools,
  commands: readonly Command[],
  execution: Execution,
): Promise<Applied[]> {
  const applied: Applied[] = []
  const thrown: unknown[] = []
  for (const command of commands) {
    try {
      applied.push(...(await applyAll(tools, [command], execution)))
    } catch (error) {
      thrown.push(error)
    }
  }
  if (thrown.length > 0) throw thrown[0]
  return applied
}

/** One transaction for all of them, then one for each that turned out to lie elsewhere. */
async function applyTogether(
  tools: BatchTools,
  commands: readonly Command[],
  execution: Execution,
  stepByStep: boolean,
): Promise<Applied[]> {
  const together = await applyOnce(tools, commands, execution, stepByStep)
  const applied = [together.applied]
  for (const command of together.relocated) {
    applied.push(await applyRelocated(tools, command, execution, stepByStep))
  }
  return applied
}

async function applyRelocated(
  tools: BatchTools,
  command: Command,
  execution: Execution,
  stepByStep: boolean,
): Promise<Applied> {
  for (let tries = 0; tries < RELOCATIONS_MAX; tries += 1) {
    const { actorId: userId, workspaceId } = command
    const locks = await readAs(tools.database, { userId, workspaceId }, (trx) =>
      resolveLocks(trx, command),
    )
    const found = [{ ...command, ...locks }]
    const { applied, relocated } = await applyOnce(tools, found, execution, stepByStep)
    if (relocated.length === 0) return applied
  }
  throw new Error(`Command ${command.id} found its rows elsewhere ${RELOCATIONS_MAX} times.`)
}

/**
 * What is written is sent and not waited for, so that a batch of moves waits for Postgres twice.
 * Step by step it is waited for: then what the tables do not take is refused to the command that
 * wrote it, instead of ending the transaction.
 */
async function applyOnce(
  tools: BatchTools,
  commands: readonly Command[],
  execution: Execution,
  stepByStep: boolean,
): Promise<{ applied: Applied; relocated: readonly Command[] }> {
  const { workspaceId } = commands[0]!
  const sent: Promise<unknown>[] = []
  const written = async (write: Promise<unknown>) => {
    if (stepByStep) return void (await write)
    // Looked at with the others.
    write.catch(() => {})
    sent.push(write)
  }
  const outcome = await writeToTheEndAs(tools.database, { workspaceId }, async (trx) => {
    try {
      const ran = await runBatch(trx, commands, tools, written)
      const { applied, last } = await storeEffects(trx, ran, execution, tools.recordAudit)
      return { result: { applied, relocated: ran.relocated }, last: answersOf([...sent, last]) }
    } catch (error) {
      // If one of them failed, that is why the rest did.
      await answersOf(sent)
      throw error
    }
  })
  tools.announce(outcome.applied)
  return outcome
}

/** The command that keeps failing by itself gets an answer too, so that nobody waits for ever. */
async function storeFault(
  tools: BatchTools,
  command: Command,
  execution: Execution,
  fault: unknown,
): Promise<Applied> {
  tools.log.error({ error: fault, commandId: command.id }, 'a command was given up as a fault')
  const refusal = new Refusal('internal', 'A fault on our side.', { requestId: command.requestId })
  const applied = await storeRefusal(tools, command, refusal, execution)
  tools.announce(applied)
  return applied
}
