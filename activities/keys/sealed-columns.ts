import type { Knex } from 'knex'

/** A column that holds sealed values; where it stands is read from the catalog, so none is forgotten. */
export interface SealedColumn {
  readonly table: string
  readonly column: string
}

export async function sealedColumns(database: Knex): Promise<SealedColumn[]> {
  const { rows } = await database.raw<{ rows: SealedColumn[] }>(
    `select relname as table, attname as column
     from pg_attribute join pg_class on attrelid = pg_class.oid
     where atttypid = 'sealed'::regtype and relkind = 'r' and not attisdropped
     order by relname, attname`,
  )
  return rows
}
