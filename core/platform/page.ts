import type { Knex } from 'knex'
import { Refusal } from '#core/kernel/refusal.ts'
import type { Row } from './database.ts'

/** A list in an order: `key` names columns of `sql` that together are unique, with their types. */
export interface OrderedList {
  readonly sql: string
  readonly bindings: readonly unknown[]
  readonly key: readonly (readonly [column: string, type: string])[]
  readonly direction: 'asc' | 'desc'
}

export interface PageAsked {
  readonly cursor?: string | undefined
  readonly limit: number
}

export interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

type Keyed = Row & { pageKey: string[] }

/**
 * One page of a list, found by the last row's key and not by counting, so that no row is shown
 * twice or left out when others come and go. Refuses a cursor that is not one of this list.
 */
export async function readPage<Shown>(
  database: Knex,
  list: OrderedList,
  { cursor, limit }: PageAsked,
  show: (row: never) => Shown,
): Promise<Page<Shown>> {
  const names = list.key.map(([column]) => `"${column}"`)
  const after = cursor === undefined ? [] : readCursor(cursor, names.length)
  const types = list.key.map(([, type]) => `?::${type}`)
  const sql = `
    select *, array[${names.map((name) => `${name}::text`).join()}] as "pageKey"
    from (${list.sql}) as list
    ${after.length ? `where (${names.join()}) ${list.direction === 'asc' ? '>' : '<'} (${types.join()})` : ''}
    order by ${names.map((name) => `${name} ${list.direction}`).join()}
    limit ?`
  const bindings = [...list.bindings, ...after, limit + 1]
  const { rows } = await database
    .raw<{ rows: Keyed[] }>(sql, bindings as Knex.RawBinding[])
    .catch((error: unknown) => {
      throw after.length && isBadValue(error) ? badCursor() : error
    })
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map((row) => show(row as never)),
    nextCursor: last ? writeCursor(last.pageKey) : null,
  }
}

const writeCursor = (key: readonly string[]) =>
  Buffer.from(JSON.stringify(key)).toString('base64url')

function readCursor(cursor: string, length: number): string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(key) || key.length !== length) throw badCursor()
    if (!key.every((value) => typeof value === 'string')) throw badCursor()
    return key
  } catch {
    throw badCursor()
  }
}

/** Class 22 of SQLSTATE: a value that is none of its type. */
const isBadValue = (error: unknown) =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('22')

const badCursor = () =>
  new Refusal('request.invalid', 'The request does not have the form the contract asks for.', {
    query: ['cursor: is not one of this list'],
  })
