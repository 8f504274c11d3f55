import type { Knex } from 'knex'

// One of the doors that write without a workflow: what became of a run, its worker finds out.

/** Lets the worker look next what has become of a run, that somebody has ended at once. */
export async function lookSoon(trx: Knex.Transaction, runId: string): Promise<void> {
  await trx('flow_runs')
    .where({ id: runId, status: 'running' })
    .update({ looked_at: new Date(0) })
}
