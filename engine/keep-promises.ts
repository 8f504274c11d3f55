import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { within } from '#core/kernel/within.ts'
import { readAs, THE_HOUSE } from '#core/platform/acting-as.ts'
import type { Log } from '#core/platform/log.ts'
import { outcomeKey, storedOutcomes } from '#activities/actions/queries.ts'
import type { Accepted } from './accepted-commands.ts'
import { keepPromise, type PromiseTools } from './keep-promise.ts'

const LOOK_EVERY_MS = 5_000
/** Most commands are done long before anybody need look after them. */
const LEFT_ALONE_MS = 5_000
const LOOKED_AT_MAX = 1_000
/** What was accepted earlier is done earlier, unless it takes long. */
const TURN_LIMIT_MS = 2_000

interface Tools extends PromiseTools {
  readonly database: Knex
  readonly log: Log
}

/** Looks after the commands that were answered «queued» until `signal` aborts. */
export async function keepPromises(tools: Tools, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await lookAfter(tools, Date.now() - LEFT_ALONE_MS, signal).catch((error: unknown) => {
      tools.log.warn({ error }, 'could not look after the queued commands')
    })
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

/** Sees to all that were accepted before an instant, in order. */
export async function lookAfter(
  tools: Tools,
  instantMs: number,
  signal?: AbortSignal,
): Promise<void> {
  const { accepted, database, log } = tools
  const promised = await accepted.before(instantMs, LOOKED_AT_MAX)
  const commands = promised.map(({ command }) => command)
  const stored = await readAs(database, THE_HOUSE, (trx) => storedOutcomes(trx, commands))
  const isDone = ({ command }: Accepted) => stored.has(outcomeKey(command))
  await accepted.forget(promised.filter(isDone).map(({ command }) => command))
  for (const each of promised.filter((one) => !isDone(one))) {
    if (signal?.aborted) return
    const handle = await keepPromise(tools, each)
    if (!handle) continue
    const { workflowId } = handle
    log.warn({ commandId: each.command.id, workflowId }, 'Temporal had lost a command')
    await within(handle.result(), TURN_LIMIT_MS).catch(() => {})
  }
}
