import type { Knex } from 'knex'

/** What Knex keeps its own books in begins with this. */
const BOOKS = 'schema_migrations'

/** Every kind of thing a migration can leave behind, one line each, as the catalogs tell it. */
const LINES = `
  with spaces as (
    select oid from pg_namespace where nspname in ('public', 'app')
  ), tables as (
    select oid, relname, relkind, relrowsecurity, relforcerowsecurity,
      array(select unnest(coalesce(relacl, acldefault('r', relowner)))::text order by 1) as grants
    from pg_class
    where relnamespace in (select oid from spaces) and relkind in ('r', 'p', 'v', 'm', 'S')
      and not starts_with(relname, :books) and not exists (
        select from pg_depend where objid = pg_class.oid and deptype = 'e')
  )
  select format('%s %s, security %s %s, grants %s',
    relkind, relname, relrowsecurity, relforcerowsecurity, grants) as line from tables
  union all
  select format('column %s.%s %s %s collate %s default %s %s grants %s', relname, attname,
    format_type(atttypid, atttypmod), case when attnotnull then 'not null' end,
    collname, pg_get_expr(adbin, adrelid), attgenerated, nullif(attacl, '{}'))
  from tables join pg_attribute on attrelid = tables.oid and attnum > 0 and not attisdropped
    left join pg_collation on pg_collation.oid = attcollation
    left join pg_attrdef on adrelid = tables.oid and adnum = attnum
  union all
  select format('constraint %s.%s %s', relname, conname, pg_get_constraintdef(pg_constraint.oid))
  from tables join pg_constraint on conrelid = tables.oid
  union all
  select pg_get_indexdef(indexrelid) from tables join pg_index on indrelid = tables.oid
  union all
  select pg_get_triggerdef(pg_trigger.oid) from tables join pg_trigger on tgrelid = tables.oid
  where not tgisinternal
  union all
  select format('policy %s.%s %s %s %s %s %s', relname, polname, polcmd, polpermissive,
    array(select rolname from pg_roles where oid = any (polroles) order by 1),
    pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
  from tables join pg_policy on polrelid = tables.oid
  union all
  select pg_get_functiondef(oid) || ' grants ' || coalesce(proacl::text, '') from pg_proc
  where pronamespace in (select oid from spaces) and prokind in ('f', 'p') and not exists (
    select from pg_depend where objid = pg_proc.oid and deptype = 'e')
  union all
  select format('type %s', typname) from pg_type
  where typnamespace in (select oid from spaces) and typtype in ('e', 'd', 'r')
  union all
  select format('extension %s', extname) from pg_extension
  order by line`

/** The whole schema as sorted lines: two databases with equal lines have equal schemas. */
export async function schemaOf(database: Knex): Promise<string[]> {
  const { rows } = await database.raw<{ rows: { line: string }[] }>(LINES, { books: BOOKS })
  return rows.map(({ line }) => line)
}

/** The tables the migrations made, by name. */
export async function tablesOf(database: Knex): Promise<string[]> {
  const { rows } = await database.raw<{ rows: { name: string }[] }>(
    `select tablename as name from pg_tables
     where schemaname = 'public' and not starts_with(tablename, ?) order by name`,
    [BOOKS],
  )
  return rows.map(({ name }) => name)
}
