import type { Knex } from 'knex'

/** Who had set off a run, or the first of those that led to it; null when nobody had. */
export async function personOf(trx: Knex.Transaction, runId: string): Promise<string | null> {
  const { rows } = await trx.raw<{ rows: { personId: string | null }[] }>(
    `select coalesce(input ->> 'personId', input -> 'trigger' ->> 'actorId') as "personId"
     from flow_runs where id = ?`,
    [runId],
  )
  return rows[0]?.personId ?? null
}
