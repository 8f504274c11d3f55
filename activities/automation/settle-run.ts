import type { Knex } from 'knex'
import type { Called, RunEnd, Settled } from '#core/contracts/flows/run.ts'
import { automationId } from '#core/kernel/automation-id.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { asJsonb } from './as-jsonb.ts'
import { beginRun, type Listener } from './begin-run.ts'
import { matches } from './matches.ts'
import { lineOf, putSteps } from './record-steps.ts'
import { personOf } from './person-of.ts'
import { tellOwner } from './tell-owner.ts'
import type { ActTools, CancelRun, TellEnd } from './tools.ts'

/** After so many failures one after the other a flow is put out of action. */
const FAILURES_IN_A_ROW_MAX = 5

export type Tellers = Pick<ActTools, 'startRun' | 'tell' | 'write'> & {
  /** Tells a run how one that it called has ended; a run that is over is not told. */
  readonly tellEnd: TellEnd
  /** Asks a run to end; one that is over is not asked. */
  readonly cancelRun: CancelRun
}

/**
 * Writes down how a run has ended, once, and tells the run that called it; with one that is cancelled
 * those end that it has called and waits for. A flow that keeps failing,
 * or that others and it set off again and again, is put out of action; runs that are under way go on.
 */
export const runSettler =
  (database: Knex, tellers: Tellers): ActTools['settle'] =>
  async (settled) => {
    const { run, end, lines = [], state } = settled
    const { workspaceId } = run
    const { caller, called } = await writeAs(database, { workspaceId }, async (trx) => {
      await putSteps(trx, run, lines.map(lineOf))
      const kept = state ? asJsonb(state) : null
      const ended = { ...run, status: end.status, error: errorOf(end), state: kept }
      const { rows } = await trx.raw<{ rows: { id: string }[] }>(ENDED, ended)
      await trx('flow_approvals')
        .where({ run_id: run.runId, status: 'open' })
        .update({ status: 'over', ended_at: trx.fn.now() })
      if (rows.length > 0) {
        const paused = await count(trx, run.flowId, end)
        if (paused) await tellOwner(trx, tellers, run, paused)
        await startFollowing(trx, tellers, settled)
      }
      const { caller, isDeleted } = await afterwards(trx, run.runId)
      if (isDeleted) await trx.raw('select app.retire_bot(?)', [run.flowId])
      return { caller, called: end.status === 'cancelled' ? await calledBy(trx, run) : [] }
    })
    for (const { flow_id, cause } of called) await tellers.cancelRun(flow_id, cause)
    if (caller !== null) await tellers.tellEnd(caller, calledOf(settled))
  }

/** Who waits for its end, and whether its flow is deleted: whoever deletes it this moment is waited for. */
async function afterwards(
  trx: Knex.Transaction,
  runId: string,
): Promise<{ caller: string | null; isDeleted: boolean }> {
  const { rows } = await trx.raw<{ rows: { caller: string | null; isDeleted: boolean }[] }>(
    `select r.called_by as caller, f.deleted_at is not null as "isDeleted"
     from flow_runs r join flows f on f.id = r.flow_id where r.id = ? for share of f`,
    [runId],
  )
  return rows[0] ?? { caller: null, isDeleted: false }
}

const calledBy = async (trx: Knex.Transaction, { flowId, cause }: Settled['run']) =>
  await trx('flow_runs')
    .where({ called_by: automationId(flowId, cause), status: 'running' })
    .select<{ flow_id: string; cause: string }[]>('flow_id', 'cause')

const calledOf = ({ run, end, vars }: Settled): Called => ({
  runId: run.runId,
  status: end.status,
  output: { ...vars, ...(end.status === 'done' && end.message && { message: end.message }) },
})

/** A run can be over before whoever began it has written that down. */
const ENDED = `
  insert into flow_runs
    (id, workspace_id, project_id, flow_id, version, cause, chain, card_id, status, error, state,
     ended_at)
  select :runId::uuid, workspace_id, project_id, id, :version::int, :cause::text, :chain::uuid[],
    :cardId::uuid, :status::text, :error::jsonb, :state::jsonb, now()
  from flows where id = :flowId
  on conflict (id) do update
  set status = excluded.status, error = excluded.error, state = excluded.state, ended_at = excluded.ended_at
  where flow_runs.status = 'running'
  returning id`

/** Answers why the flow was put out of action, if this has done it. */
async function count(
  trx: Knex.Transaction,
  id: string,
  end: RunEnd,
): Promise<'loop' | 'failures' | null> {
  if (end.status === 'cancelled') return null
  if (end.status === 'done') {
    await trx('flows').where({ id }).update({ failures_in_a_row: 0 })
    return null
  }
  const because = end.error.code === 'flow.chain_limit' ? 'loop' : 'failures'
  const most = because === 'loop' ? 1 : FAILURES_IN_A_ROW_MAX
  const { rows } = await trx.raw<{ rows: { isPaused: boolean }[] }>(
    `update flows set failures_in_a_row = failures_in_a_row + 1,
       active = active and failures_in_a_row + 1 < :most,
       paused_because = case when active and failures_in_a_row + 1 >= :most then :because
         else paused_because end
     where id = :id
     returning old.active and not new.active as "isPaused"`,
    { id, most, because },
  )
  return rows[0]?.isPaused ? because : null
}

/** Flows that wait for the end of others; what led to them goes on with this one. */
async function startFollowing(
  trx: Knex.Transaction,
  { startRun }: Tellers,
  { run, end }: Settled,
): Promise<void> {
  const { workspaceId, flowId, runId } = run
  const { rows } = await trx.raw<{ rows: Listener[] }>(
    `select f.id as flow_id, f.project_id, v.version, v.hash, v.definition, f.actor_id
     from flows f join flow_versions v on v.flow_id = f.id and v.version = f.published
     join flows own on own.id = ? and own.project_id = f.project_id
     where f.active and v.definition -> 'trigger' ->> 'type' = 'flow.finished'`,
    [flowId],
  )
  const error = end.status === 'failed' ? end.error : null
  const about = { flowId, runId, status: end.status, error }
  const at = new Date().toISOString()
  const trigger = { type: 'flow.finished', at, actorId: null, ...about }
  const personId = rows.length > 0 ? await personOf(trx, runId) : null
  const by = { id: runId, flowId, chain: run.chain, personId }
  for (const listener of rows) {
    if (!matches(listener.definition, trigger, {}, false)) continue
    const cause = `run/${runId}`
    await beginRun(trx, startRun, { workspaceId, listener, cause, trigger, card: null, by })
  }
}

function errorOf(end: RunEnd): string | null {
  if (end.status === 'failed') return asJsonb(end.error)
  return end.status === 'cancelled' ? asJsonb({ reason: end.reason }) : null
}
