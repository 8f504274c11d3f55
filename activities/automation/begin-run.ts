import type { Knex } from 'knex'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { Output, RunCause } from '#core/contracts/flows/run.ts'
import { commandIdOf } from './command-id.ts'
import type { StartRun } from './tools.ts'

/** A flow that something can start, as it is published. */
export interface Listener {
  readonly flow_id: string
  readonly project_id: string
  readonly version: number
  readonly hash: Buffer
  readonly definition: Flow
  readonly actor_id: string
}

export interface Beginning {
  readonly workspaceId: string
  readonly listener: Listener
  /** Names what set it off: of two runs of a flow for one cause there is only the first. */
  readonly cause: string
  readonly trigger: RunCause
  readonly card: Output | null
  readonly chain: readonly string[]
  /** The workflow that waits for its end. */
  readonly calledBy?: string | null
}

/**
 * Writes a run down and starts it; answers its id. Asked again, it starts nothing twice: the id of
 * the run, and of its workflow, are made of flow and cause. A flow that has had as many runs in
 * the last hour as it may has this one written down as `throttled`.
 */
export async function beginRun(
  trx: Knex.Transaction,
  startRun: StartRun,
  { workspaceId, listener, cause, trigger, card, chain, calledBy }: Beginning,
): Promise<string> {
  const { flow_id: flowId, version, definition } = listener
  const runId = commandIdOf(`${flowId}/${cause}`)
  const row = {
    id: runId,
    workspace_id: workspaceId,
    project_id: listener.project_id,
    flow_id: flowId,
    version,
    cause,
    chain: [...chain],
    card_id: card?.['id'] ?? null,
    input: JSON.stringify({ trigger, card, chain }),
    called_by: calledBy ?? null,
  }
  if (await isThrottled(trx, listener, runId)) {
    const ended = { status: 'throttled', ended_at: trx.fn.now() }
    await trx('flow_runs')
      .insert({ ...row, ...ended })
      .onConflict()
      .ignore()
    return runId
  }
  await trx('flow_runs').insert(row).onConflict().ignore()
  const hash = listener.hash.toString('hex')
  const base = { runId, flowId, version, cause, hash, workspaceId, actorId: listener.actor_id }
  const start = { ...base, trigger, ...(card && { card }), chain }
  await startRun(start, definition.name)
  return runId
}

async function isThrottled(
  trx: Knex.Transaction,
  { flow_id, definition }: Listener,
  runId: string,
): Promise<boolean> {
  const [row] = await trx('flow_runs')
    .where({ flow_id, kind: 'live' })
    .whereNot({ status: 'throttled' })
    .whereNot({ id: runId })
    .where('started_at', '>', trx.raw("now() - interval '1 hour'"))
    .count({ count: '*' })
  return Number(row?.['count']) >= definition.limits.runsPerHour
}
