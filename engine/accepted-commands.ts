import type { Redis } from 'ioredis'
import type { Command } from '#core/contracts/command.ts'

/** A command answered «queued» can be asked after for a day; its outcome is kept far longer. */
const REMEMBERED_S = 24 * 60 * 60

interface Place {
  readonly redis: Redis
  readonly redisPrefix: string
}

type Named = Pick<Command, 'actorId' | 'id'>

/** A command the engine took over, and the workflow that holds it. */
export interface Accepted {
  readonly command: Command
  readonly workflowId: string
  readonly runId: string
}

/**
 * Which workflow holds a command that was answered «queued», for as long as there is no outcome.
 * Kept in Redis, so that any process can tell, and beside the workflow: should Temporal lose that,
 * the command is here; should Redis lose this, the workflow does it all the same.
 */
export class AcceptedCommands {
  readonly #redis: Redis
  readonly #prefix: string

  constructor({ redis, redisPrefix }: Place) {
    this.#redis = redis
    this.#prefix = `${redisPrefix}:accepted`
  }

  /** A command that is started again keeps its place in the order. */
  async remember(accepted: readonly Accepted[]): Promise<void> {
    if (accepted.length === 0) return
    const nowMs = Date.now()
    const pipeline = this.#redis.pipeline()
    accepted.forEach((each, index) => {
      const name = nameOf(each.command)
      pipeline.set(this.#key(name), JSON.stringify(each), 'EX', REMEMBERED_S)
      pipeline.zadd(this.#prefix, 'NX', nowMs + index / accepted.length, name)
    })
    // Without Redis the command still happens; only asking after it before it is done fails.
    await pipeline.exec().catch(() => null)
  }

  async find(actorId: string, id: string): Promise<Accepted | undefined> {
    const kept = await this.#redis.get(this.#key(nameOf({ actorId, id }))).catch(() => null)
    return kept === null ? undefined : (JSON.parse(kept) as Accepted)
  }

  /** Those accepted before an instant and not yet forgotten, in the order they were accepted. */
  async before(instantMs: number, limit: number): Promise<Accepted[]> {
    const names = await this.#redis.zrangebyscore(
      this.#prefix,
      '-inf',
      instantMs,
      'LIMIT',
      0,
      limit,
    )
    if (names.length === 0) return []
    const kept = await this.#redis.mget(names.map((name) => this.#key(name)))
    const expired = names.filter((_, index) => kept[index] === null)
    if (expired.length > 0) await this.#redis.zrem(this.#prefix, expired)
    return kept.flatMap((text) => (text ? [JSON.parse(text) as Accepted] : []))
  }

  /** Their outcomes are stored, so nobody needs to know any more where they were. */
  async forget(commands: readonly Named[]): Promise<void> {
    if (commands.length === 0) return
    const names = commands.map(nameOf)
    await this.#redis.zrem(this.#prefix, names)
    await this.#redis.del(names.map((name) => this.#key(name)))
  }

  #key(name: string): string {
    return `${this.#prefix}:${name}`
  }
}

const nameOf = ({ actorId, id }: Named) => `${actorId}/${id}`
