import { WorkflowNotFoundError, type Client } from '@temporalio/client'
import type { Redis } from 'ioredis'
import type { Command } from '#core/contracts/command.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { isAway } from './start-batch.ts'

/** A command answered «queued» can be asked after for a day; its outcome is kept far longer. */
const REMEMBERED_S = 24 * 60 * 60

interface Tools {
  readonly client: Client
  readonly redis: Redis
  readonly redisPrefix: string
}

/** A command the engine took over, and the workflow that holds it. */
export interface Accepted {
  readonly command: Command
  readonly workflowId: string
  readonly runId: string
}

/**
 * Which workflow holds a command that was answered «queued», for as long as there is no outcome.
 * Kept in Redis, so that any API process can tell, and only as a help: the workflow itself is
 * durable, and its outcome will be in Postgres.
 */
export class AcceptedCommands {
  readonly #tools: Tools

  constructor(tools: Tools) {
    this.#tools = tools
  }

  async remember(accepted: readonly Accepted[]): Promise<void> {
    if (accepted.length === 0) return
    const pipeline = this.#tools.redis.pipeline()
    for (const each of accepted) {
      const { actorId, id } = each.command
      pipeline.set(this.#key(actorId, id), JSON.stringify(each), 'EX', REMEMBERED_S)
    }
    // Without Redis the command still happens; only asking after it before it is done fails.
    await pipeline.exec().catch(() => null)
  }

  async find(actorId: string, commandId: string): Promise<Accepted | undefined> {
    const kept = await this.#tools.redis.get(this.#key(actorId, commandId)).catch(() => null)
    return kept === null ? undefined : (JSON.parse(kept) as Accepted)
  }

  /** Whether the workflow may still do it. Refuses with `engine.away` when nobody can tell now. */
  async isRunning({ workflowId, runId }: Accepted): Promise<boolean> {
    try {
      const handle = this.#tools.client.workflow.getHandle(workflowId, runId)
      return (await handle.describe()).status.name === 'RUNNING'
    } catch (error) {
      if (isAway(error)) throw new Refusal('engine.away', 'The workflow engine does not answer.')
      if (error instanceof WorkflowNotFoundError) return false
      throw error
    }
  }

  #key(actorId: string, commandId: string): string {
    return `${this.#tools.redisPrefix}:accepted:${actorId}/${commandId}`
  }
}
