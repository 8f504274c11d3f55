import type { Knex } from 'knex'

/** A table whose rows belong to workspaces. */
export interface TenantTable {
  readonly name: string
  /** The column that says which workspace. */
  readonly home: string
  /** What an insert may name. */
  readonly columns: readonly string[]
}

const TABLES = `
  select relname as name,
    case relname when 'workspaces' then 'id' else 'workspace_id' end as home,
    array(select attname::text from pg_attribute where attrelid = oid and attnum > 0
      and not attisdropped and attgenerated = '' order by attnum) as columns
  from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and (
    relname = 'workspaces' or exists (
      select from pg_attribute
      where attrelid = oid and attname = 'workspace_id' and not attisdropped))
  order by relname`

/** The tables of workspaces, as the catalogs tell it. */
export async function tenantTables(database: Knex): Promise<TenantTable[]> {
  return (await database.raw<{ rows: TenantTable[] }>(TABLES)).rows
}

const VERBS = { r: 'select', a: 'insert', w: 'update', d: 'delete' }

const LACKS = `
  select relname as name, array_remove(array[
    case when not relrowsecurity then 'no row security' end,
    case when not relforcerowsecurity then 'not forced' end
  ], null) as lacks, array(
    select verb from unnest('{r,a,w,d}'::text[]) as verb where not exists (
      select from pg_policy where polrelid = pg_class.oid and polpermissive
        and polcmd::text in (verb, '*'))
  ) as verbs
  from pg_class where relnamespace = 'public'::regnamespace and relname = any (?)
  order by relname`

interface Lack {
  readonly name: string
  readonly lacks: readonly string[]
  readonly verbs: readonly (keyof typeof VERBS)[]
}

/** The tables of workspaces that are not shut, each with what it lacks. */
export async function unprotectedTables(database: Knex): Promise<string[]> {
  const names = (await tenantTables(database)).map(({ name }) => name)
  const { rows } = await database.raw<{ rows: Lack[] }>(LACKS, [names])
  return rows.flatMap(({ name, lacks, verbs }) => {
    const missing = verbs.map((verb) => VERBS[verb]).join(', ')
    const all = [...lacks, ...(missing ? [`no policy to ${missing}`] : [])]
    return all.length ? [`${name}: ${all.join(', ')}`] : []
  })
}
