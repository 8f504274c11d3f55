import type { Knex } from 'knex'

/** How many wait for a lock in a database. */
export async function waiting(database: Knex): Promise<number> {
  const { rows } = await database.raw<{ rows: { waiting: number }[] }>(
    `select count(*)::int as waiting from pg_locks
     where not granted
       and database = (select oid from pg_database where datname = current_database())`,
  )
  return rows[0]!.waiting
}
