import type { Knex } from 'knex'
import type { Called, RunEnd, Settled } from '#core/contracts/flows/run.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { lineOf, putSteps } from './record-steps.ts'
import type { ActTools, StartRun, TellEnd } from './tools.ts'

/** After so many failures one after the other a flow is put out of action. */
const FAILURES_IN_A_ROW_MAX = 5

interface Tellers {
  readonly startRun: StartRun
  readonly tellEnd: TellEnd
}

/**
 * Writes down how a run has ended, once, and tells the run that called it. A flow that keeps failing,
 * or that others and it set off again and again, is put out of action; runs that are under way go on.
 */
export const runSettler =
  (database: Knex, { tellEnd }: Tellers): ActTools['settle'] =>
  async (settled) => {
    const { run, end, lines = [], state } = settled
    const { workspaceId } = run
    const caller = await writeAs(database, { workspaceId }, async (trx) => {
      await putSteps(trx, run, lines.map(lineOf))
      const kept = state ? JSON.stringify(state).replaceAll('\\u0000', '') : null
      const ended = { ...run, status: end.status, error: errorOf(end), state: kept }
      const { rows } = await trx.raw<{ rows: { id: string }[] }>(ENDED, ended)
      await trx('flow_approvals')
        .where({ run_id: run.runId, status: 'open' })
        .update({ status: 'over', ended_at: trx.fn.now() })
      if (rows.length > 0) await count(trx, run.flowId, end)
      const row = await trx('flow_runs').where({ id: run.runId }).first('called_by')
      return (row?.called_by ?? null) as string | null
    })
    if (caller !== null) await tellEnd(caller, calledOf(settled))
  }

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

async function count(trx: Knex.Transaction, id: string, end: RunEnd): Promise<void> {
  if (end.status === 'cancelled') return
  if (end.status === 'done') {
    await trx('flows').where({ id }).update({ failures_in_a_row: 0 })
    return
  }
  const because = end.error.code === 'flow.chain_limit' ? 'loop' : 'failures'
  const most = because === 'loop' ? 1 : FAILURES_IN_A_ROW_MAX
  await trx.raw(
    `update flows set failures_in_a_row = failures_in_a_row + 1,
       active = active and failures_in_a_row + 1 < :most,
       paused_because = case when active and failures_in_a_row + 1 >= :most then :because
         else paused_because end
     where id = :id`,
    { id, most, because },
  )
}

function errorOf(end: RunEnd): string | null {
  if (end.status === 'failed') return JSON.stringify(end.error)
  return end.status === 'cancelled' ? JSON.stringify({ reason: end.reason }) : null
}
