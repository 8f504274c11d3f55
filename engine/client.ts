import { WorkflowFailedError, WorkflowNotFoundError, type Client } from '@temporalio/client'
import type { Redis } from 'ioredis'
import type { Knex } from 'knex'
import type { Command, Outcome } from '#core/contracts/command.ts'
import { COMMAND_BYTES_MAX } from '#core/kernel/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { readAs } from '#core/platform/acting-as.ts'
import type { Log } from '#core/platform/log.ts'
import { outcomeKey, storedOutcomes } from '#activities/actions/queries.ts'
import { AcceptedCommands } from './accepted-commands.ts'
import { keepPromise } from './keep-promise.ts'
import { Lanes, type Waiting } from './lanes.ts'
import { startBatch, type BatchHandle } from './start-batch.ts'

/** Who asked waits so long for the outcome; then the answer is «queued». */
const OUTCOME_LIMIT_MS = 2_000
/** A worker that died with the batch is noticed by then, and another has taken it up. */
const RESULT_RETRY_MS = 1_000

type Answer = Outcome | 'queued'

interface Asked extends Waiting {
  /** Answered «queued» as soon as the engine has acknowledged, or only when the outcome is late. */
  readonly until: 'outcome' | 'acknowledged'
  readonly answer: PromiseWithResolvers<Answer>
}

interface InFlight {
  readonly workspaceId: string
  readonly mark: symbol
  /** Those whose outcome is not there yet, answered «queued» or not, by outcome key. */
  readonly open: Map<string, Asked>
}

export interface EngineTools {
  readonly client: Client
  readonly taskQueue: string
  readonly database: Knex
  readonly redis: Redis
  readonly redisPrefix: string
  /** Settles commands whose workflow ended without doing them; see cancelCommands. */
  readonly cancel: (
    commands: readonly Command[],
    workflow: { workflowId: string; runId: string },
  ) => Promise<void>
  readonly log: Log
}

/**
 * Takes commands in, gathers them into batches (see Lanes), runs each batch as a workflow, and
 * answers each command when its effect has committed: told by the worker in this process, or else
 * by the workflow's result.
 */
export class ActionEngine {
  readonly #tools: EngineTools
  readonly #lanes = new Lanes<Asked>()
  /** Commands whose answer is awaited, by outcome key. */
  readonly #asked = new Map<string, Asked>()
  readonly #inFlight = new Set<InFlight>()
  readonly #accepted: AcceptedCommands
  #wakeUp: NodeJS.Timeout | undefined

  constructor(tools: EngineTools) {
    this.#tools = tools
    this.#accepted = new AcceptedCommands(tools)
  }

  /**
   * The outcome of a command, or «queued» once the engine has it and the outcome takes long or is
   * not waited for. Throws a Refusal when the engine did not take it: `command.too_large`,
   * `command.key_reused`, `command.busy`, `engine.away`.
   */
  async submit(command: Command, until: Asked['until']): Promise<Answer> {
    const bytes = Buffer.byteLength(JSON.stringify(command))
    if (bytes > COMMAND_BYTES_MAX) {
      throw new Refusal('command.too_large', 'A command may hold at most 128 KB.')
    }
    const key = outcomeKey(command)
    const same = this.#asked.get(key)
    if (same && same.command.mac !== command.mac) {
      throw new Refusal('command.key_reused', 'This Idempotency-Key is in use for another command.')
    }
    if (same) return await same.answer.promise
    const answer = Promise.withResolvers<Answer>()
    const asked: Asked = { command, bytes, sinceMs: performance.now(), until, answer }
    if (!this.#lanes.add(asked)) {
      throw new Refusal('command.busy', 'The workspace has too many commands waiting.')
    }
    this.#asked.set(key, asked)
    this.#pump()
    return await answer.promise.finally(() => this.#asked.delete(key))
  }

  /** What is known of a command: its outcome, «queued», or undefined when nobody knows it. */
  async find(actorId: string, commandId: string): Promise<Answer | undefined> {
    const id = { actorId, id: commandId }
    const outcome = await this.#outcome(id)
    if (outcome || this.#asked.has(outcomeKey(id))) return outcome ?? 'queued'
    const accepted = await this.#accepted.find(actorId, commandId)
    if (!accepted) return undefined
    await keepPromise({ ...this.#tools, accepted: this.#accepted }, accepted)
    return (await this.#outcome(id)) ?? 'queued'
  }

  /** Takes in what a batch answered, as the worker in this process tells it. */
  applied(answers: readonly { command: Command; outcome: Outcome }[]): void {
    for (const { command, outcome } of answers) this.#settle(command, outcome)
    for (const batch of this.#inFlight) if (batch.open.size === 0) this.#end(batch)
  }

  /** Resolves when no command is waiting or in flight, at the latest after `limitMs`. */
  async drain(limitMs: number): Promise<void> {
    const endMs = performance.now() + limitMs
    while (this.#asked.size > 0 && performance.now() < endMs) {
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    clearTimeout(this.#wakeUp)
  }

  /** One moment for all it asks: what is not taken at it must be told when to look again. */
  #pump(): void {
    const nowMs = performance.now()
    for (const { answer } of this.#lanes.giveUp(nowMs)) answer.reject(tooMuchToDo())
    for (let batch = this.#take(nowMs); batch; batch = this.#take(nowMs)) void this.#run(batch)
    clearTimeout(this.#wakeUp)
    const patienceMs = this.#lanes.patienceMs(nowMs)
    if (patienceMs !== undefined) this.#wakeUp = setTimeout(() => this.#pump(), patienceMs)
  }

  #take(nowMs: number): InFlight | undefined {
    const taken = this.#lanes.take(nowMs)
    if (!taken) return undefined
    const { workspaceId } = taken.items[0]!.command
    const open = new Map(taken.items.map((asked) => [outcomeKey(asked.command), asked]))
    const batch = { workspaceId, mark: taken.mark, open }
    this.#inFlight.add(batch)
    return batch
  }

  async #run(batch: InFlight): Promise<void> {
    const { client, taskQueue, log } = this.#tools
    const commands = Array.from(batch.open.values(), (asked) => asked.command)
    try {
      const handle = await startBatch(client, taskQueue, {
        workspaceId: batch.workspaceId,
        commands,
      })
      await this.#acknowledge(batch, handle)
      if (!handle.eagerlyStarted || (await this.#isLate(batch))) await this.#follow(batch, handle)
    } catch (error) {
      if (!(error instanceof Refusal)) log.error({ error }, 'a batch could not be started')
      for (const asked of batch.open.values()) asked.answer.reject(error)
      this.#end(batch)
    }
  }

  /** From here on the batch cannot be lost, so «queued» is an honest answer. */
  async #acknowledge(batch: InFlight, handle: BatchHandle): Promise<void> {
    const early = [...batch.open.values()].filter((asked) => asked.until === 'acknowledged')
    await this.#accept(early, handle)
    setTimeout(() => void this.#accept([...batch.open.values()], handle), OUTCOME_LIMIT_MS).unref()
  }

  async #accept(asked: readonly Asked[], handle: BatchHandle): Promise<void> {
    const { workflowId, firstExecutionRunId: runId } = handle
    await this.#accepted.remember(asked.map(({ command }) => ({ command, workflowId, runId })))
    for (const { answer } of asked) answer.resolve('queued')
  }

  /** The worker here should have told of it by now; it may have died, or another has it. */
  async #isLate(batch: InFlight): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, OUTCOME_LIMIT_MS))
    return this.#inFlight.has(batch)
  }

  /** Waits for the workflow itself, and reads from Postgres what it answered. */
  async #follow(batch: InFlight, handle: BatchHandle): Promise<void> {
    while (this.#inFlight.has(batch)) {
      try {
        await untilEnded(handle)
        await this.#readOutcomes(batch, handle)
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return await this.#lose(batch, handle)
        this.#tools.log.warn({ error }, 'a batch cannot be followed now')
        await new Promise((resolve) => setTimeout(resolve, RESULT_RETRY_MS))
      }
    }
  }

  /** Temporal had it and knows it no longer: it is promised, and keepPromise sees to it. */
  async #lose(batch: InFlight, handle: BatchHandle): Promise<void> {
    await this.#accept([...batch.open.values()], handle)
    this.#end(batch)
  }

  /** The workflow is over: what has no outcome by now gets one that says so. */
  async #readOutcomes(batch: InFlight, handle: BatchHandle): Promise<void> {
    await this.#readStored(batch)
    const open = Array.from(batch.open.values(), (asked) => asked.command)
    const { workflowId, firstExecutionRunId: runId } = handle
    await this.#tools.cancel(open, { workflowId, runId })
    await this.#readStored(batch)
    this.#end(batch)
  }

  async #readStored(batch: InFlight): Promise<void> {
    const commands = Array.from(batch.open.values(), (asked) => asked.command)
    const { workspaceId } = batch
    const stored = await readAs(this.#tools.database, { workspaceId }, (trx) =>
      storedOutcomes(trx, commands),
    )
    this.applied(
      commands.flatMap((command) => {
        const outcome = stored.get(outcomeKey(command))?.outcome
        return outcome ? [{ command, outcome }] : []
      }),
    )
  }

  async #outcome(id: Pick<Command, 'actorId' | 'id'>): Promise<Outcome | undefined> {
    const stored = await readAs(this.#tools.database, { userId: id.actorId }, (trx) =>
      storedOutcomes(trx, [id]),
    )
    return stored.get(outcomeKey(id))?.outcome
  }

  #settle(command: Command, outcome: Outcome): void {
    const key = outcomeKey(command)
    this.#asked.get(key)?.answer.resolve(outcome)
    for (const batch of this.#inFlight) batch.open.delete(key)
  }

  #end(batch: InFlight): void {
    if (!this.#inFlight.delete(batch)) return
    this.#lanes.done(batch.workspaceId, batch.mark, performance.now())
    this.#pump()
  }
}

const tooMuchToDo = () =>
  new Refusal('command.busy', 'The workspace has too much to do. Try again shortly.')

/** An operator may end a workflow after it has done its work, so its end alone says nothing. */
async function untilEnded(handle: BatchHandle): Promise<void> {
  await handle.result().catch((error: unknown) => {
    if (!(error instanceof WorkflowFailedError)) throw error
  })
}
