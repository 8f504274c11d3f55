import type { Knex } from 'knex'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type { Output, RunCause } from '#core/contracts/flows/run.ts'
import { asJsonb } from './as-jsonb.ts'
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

/** A run that sets off another. */
export interface EarlierRun {
  readonly id: string
  readonly flowId: string
  /** The flows whose runs led to it, the first one first. */
  readonly chain: readonly string[]
  /** Who had set off the first of them; null when nobody had. */
  readonly personId: string | null
}

export interface Beginning {
  readonly workspaceId: string
  readonly listener: Listener
  /** Names what set it off: of two runs of a flow for one cause there is only the first. */
  readonly cause: string
  readonly trigger: RunCause
  readonly card: Output | null
  /** The run that set it off, if one did. */
  readonly by: EarlierRun | null
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
  { workspaceId, listener, cause, trigger, card, by, calledBy }: Beginning,
): Promise<string> {
  const { flow_id: flowId, version, definition } = listener
  const runId = commandIdOf(`${flowId}/${cause}`)
  const chain = by ? [...by.chain, by.flowId] : []
  const about = { trigger, chain, ...(by && { personId: by.personId }) }
  const row = {
    id: runId,
    workspace_id: workspaceId,
    project_id: listener.project_id,
    flow_id: flowId,
    version,
    cause,
    chain,
    caused_by: by?.id ?? null,
    card_id: card?.['id'] ?? null,
    input: asJsonb({ ...about, card }),
    actor_id: listener.actor_id,
    called_by: calledBy ?? null,
  }
  if (await isFull(trx, listener, runId)) {
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
  const start = { ...base, ...about, ...(card && { card }) }
  await startRun(start, definition.name)
  return runId
}

/** Whether a flow has had as many runs in the last hour as it may, without this one. */
export async function isFull(
  trx: Knex.Transaction,
  { flow_id, definition }: Pick<Listener, 'flow_id' | 'definition'>,
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
