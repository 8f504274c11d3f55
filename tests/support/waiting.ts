import type { Knex } from 'knex'

/** How many wait for a lock in a database. */
export async function waiting(database: Knex): Promise<number> {
  const { rows } = await database.raw<{ rows: { waiting: number }[] }>(
    `select count(*)::int as waiting from pg_stat_activity
     where wait_event_type = 'Lock' and datname = current_database()`,
  )
  return rows[0]!.waiting
}
