import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import type { Decision, RunState, UnsignedStart } from '#core/contracts/flows/run.ts'
import type { Tried, Trying } from '#core/contracts/flows/trying.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { within } from '#core/kernel/within.ts'
import { tryMac } from '#core/platform/run-mac.ts'
import { decide } from './automation-signals.ts'
import type { runAutomation } from './jobs/run-automation.ts'
import type { tryAutomation } from './jobs/try-automation.ts'
import { automationId } from '#core/kernel/automation-id.ts'
import { startAutomation, type RunPlace } from './start-automation.ts'

/** Whoever answers or cancels waits so long for Temporal. */
const LIMIT_MS = 5_000
/** Trying a flow asks for what it reads, and runs its code. */
const TRY_LIMIT_MS = 30_000

/** What people do with runs that are under way. */
export class RunControl {
  readonly #client: Client

  readonly #place: RunPlace

  constructor(client: Client, place: RunPlace) {
    this.#client = client
    this.#place = place
  }

  /** Begins a run, once for each cause; from a state if it goes on from one. */
  async begin(start: UnsignedStart, flowName: string, state?: RunState): Promise<void> {
    await answered(startAutomation(this.#client, this.#place, start, flowName, state), LIMIT_MS)
  }

  /** Goes through a flow without touching anything; see Trying. Refuses with `engine.away`. */
  async try(trying: Trying): Promise<Tried> {
    const { taskQueue, commandKey } = this.#place
    const start = { ...trying, mac: tryMac(commandKey, trying) }
    const asked = this.#client.workflow.execute<typeof tryAutomation>('tryAutomation', {
      workflowId: `try/${trying.flowId}/${trying.runId}`,
      taskQueue,
      args: [start],
      workflowExecutionTimeout: TRY_LIMIT_MS,
      staticSummary: `Trying ${trying.flow.name}`.slice(0, 200),
    })
    return await answered(asked, TRY_LIMIT_MS)
  }

  /** Ends a run at once and takes nothing back; one that is over stays as it is. */
  async terminate(flowId: string, cause: string, reason: string): Promise<void> {
    await answered(this.#run(flowId, cause).terminate(reason)).catch(unlessOver)
  }

  /** Asks a run to end; one that is over stays as it is. Refuses with `engine.away`. */
  async cancel(flowId: string, cause: string): Promise<void> {
    await answered(this.#run(flowId, cause).cancel()).catch(unlessOver)
  }

  /**
   * Gives somebody's answer to a run; settles when the run has taken it. Refuses with the code the
   * run refuses it with, and with `engine.away`.
   */
  async decide(flowId: string, cause: string, decision: Decision): Promise<void> {
    const taking = this.#run(flowId, cause).executeUpdate(decide, { args: [decision] })
    await answered(taking).catch(refused)
  }

  /** The id of a run's workflow, by which operators find it. */
  workflowOf(flowId: string, cause: string): string {
    return automationId(flowId, cause)
  }

  #run(flowId: string, cause: string): WorkflowHandle<typeof runAutomation> {
    return this.#client.workflow.getHandle<typeof runAutomation>(automationId(flowId, cause))
  }
}

async function answered<Value>(asked: Promise<Value>, limitMs = LIMIT_MS): Promise<Value> {
  try {
    return await within(asked, limitMs)
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof WorkflowUpdateFailedError) {
      throw error
    }
    throw new Refusal('engine.away', 'The workflow engine does not answer. Try again shortly.')
  }
}

function unlessOver(error: unknown): void {
  if (!(error instanceof WorkflowNotFoundError)) throw error
}

function refused(error: unknown): never {
  if (error instanceof WorkflowNotFoundError) {
    throw new Refusal('approval.not_found', 'Nothing waits for this answer any more.')
  }
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined
  if (cause instanceof ApplicationFailure && cause.type) {
    throw new Refusal(cause.type, cause.message)
  }
  throw error
}
