import type { Knex } from 'knex'
import type { RunEnd } from '#core/contracts/flows/run.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import type { ActTools } from './tools.ts'

/** After so many failures one after the other a flow is put out of action. */
const FAILURES_IN_A_ROW_MAX = 5

/**
 * Writes down how a run has ended, once. A flow that keeps failing, or that others and it set off
 * again and again, is put out of action; runs that are under way go on.
 */
export const runSettler =
  (database: Knex): ActTools['settle'] =>
  async ({ run, end }) => {
    const { workspaceId } = run
    await writeAs(database, { workspaceId }, async (trx) => {
      const { rows } = await trx.raw(ENDED, { ...run, status: end.status, error: errorOf(end) })
      if (rows.length > 0) await count(trx, run.flowId, end)
    })
  }

/** A run can be over before whoever began it has written that down. */
const ENDED = `
  insert into flow_runs
    (id, workspace_id, project_id, flow_id, version, cause, chain, card_id, status, error, ended_at)
  select :runId::uuid, workspace_id, project_id, id, :version::int, :cause::text, :chain::uuid[],
    :cardId::uuid, :status::text, :error::jsonb, now()
  from flows where id = :flowId
  on conflict (id) do update
  set status = excluded.status, error = excluded.error, ended_at = excluded.ended_at
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
