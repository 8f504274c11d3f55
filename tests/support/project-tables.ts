import type { Knex } from 'knex'

/** What is told of a project without a reference to it, or to one of its rows. */
const BESIDES = ['outcomes', 'files']

const LED_TO = `
  with recursive led (id) as (
    select 'projects'::regclass::oid
    union
    select conrelid from pg_constraint join led on confrelid = led.id where contype = 'f'
  )
  select id::regclass::text as name from led order by 1`

/** The tables whose rows are of a project, or lead to one, as the catalogs tell it. */
export async function projectTables(database: Knex): Promise<string[]> {
  const { rows } = await database.raw<{ rows: { name: string }[] }>(LED_TO)
  return [...rows.map(({ name }) => name), ...BESIDES]
}
