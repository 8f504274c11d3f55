import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client'
import { ApplicationFailure } from '@temporalio/common'
import type { Decision } from '#core/contracts/flows/run.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { within } from '#core/kernel/within.ts'
import { decide } from './automation-signals.ts'
import type { runAutomation } from './jobs/run-automation.ts'
import { automationId } from './start-automation.ts'

/** Whoever answers or cancels waits so long for Temporal. */
const LIMIT_MS = 5_000

/** What people do with runs that are under way. */
export class RunControl {
  readonly #client: Client

  constructor(client: Client) {
    this.#client = client
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

  #run(flowId: string, cause: string): WorkflowHandle<typeof runAutomation> {
    return this.#client.workflow.getHandle<typeof runAutomation>(automationId(flowId, cause))
  }
}

async function answered<Value>(asked: Promise<Value>): Promise<Value> {
  try {
    return await within(asked, LIMIT_MS)
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
