import type { Knex } from 'knex'
import { readAs, THE_HOUSE } from '#core/platform/acting-as.ts'

/** For how many seconds the oldest line that nobody can seal has waited; 0 when there is none. */
export async function heldBackS(database: Knex): Promise<number> {
  return await readAs(database, THE_HOUSE, async (trx) => {
    const { rows } = await trx.raw<{ rows: { seconds: number }[] }>(
      `select coalesce(extract(epoch from now() - min(created_at)), 0)::float as seconds
       from audit_log a where transaction >= pg_snapshot_xmin(pg_current_snapshot())
         and not exists (select from audit_leaves l where l.line_id = a.id)`,
    )
    return rows[0]!.seconds
  })
}
