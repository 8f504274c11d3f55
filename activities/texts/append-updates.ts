import type { Knex } from 'knex'
import { THE_HOUSE, writeRowsAs } from '#core/platform/acting-as.ts'
import { ask } from '#core/platform/ask.ts'

/** A change of a card's text, as somebody made it: an update of Yjs' first encoding. */
export interface TextUpdate {
  readonly cardId: string
  readonly bytes: Uint8Array
  /** Null where we made it ourselves. */
  readonly userId: string | null
}

type Appended = { readonly cardId: string; readonly seq: number }

/**
 * The numbers are taken from the texts' own rows, locked in one order, so that they have no gaps and
 * become visible in their order: whoever has read up to a number has missed nothing before it.
 */
const APPEND = `
  with asked as (
    select * from unnest($1::uuid[], $2::bytea[], $3::uuid[]) with ordinality
      as a (card_id, bytes, user_id, place)
  ), more as (
    select card_id, count(*) as rows, sum(octet_length(bytes)) as bytes from asked group by card_id
  ), locked as materialized (
    select card_id from crdt_docs
    where card_id in (select card_id from more) and begun order by card_id for no key update
  ), counted as (
    update crdt_docs d set seq = d.seq + more.rows, tail_bytes = d.tail_bytes + more.bytes,
      changed_at = now(), settled = false
    from more join locked using (card_id) where d.card_id = more.card_id
    returning d.card_id, d.workspace_id, d.seq - more.rows as before
  )
  insert into crdt_updates (card_id, seq, workspace_id, bytes, user_id)
  select card_id, before + row_number() over (partition by card_id order by place), workspace_id,
    bytes, user_id
  from asked join counted using (card_id)
  returning card_id as "cardId", seq`

/**
 * Writes changes of texts behind those that are there; answers the number of each, or undefined where
 * the card is gone for good.
 */
export async function appendUpdates(
  trx: Knex.Transaction,
  updates: readonly TextUpdate[],
): Promise<(number | undefined)[]> {
  return numbersOf(updates, await ask<Appended>(trx, APPEND, valuesOf(updates)))
}

/** The same in a transaction of its own, which costs one round trip. */
export async function appendUpdatesAlone(
  database: Knex,
  updates: readonly TextUpdate[],
): Promise<(number | undefined)[]> {
  const statement = { name: 'append-updates', text: APPEND, values: valuesOf(updates) }
  return numbersOf(updates, await writeRowsAs<Appended>(database, THE_HOUSE, statement))
}

const valuesOf = (updates: readonly TextUpdate[]) => [
  updates.map(({ cardId }) => cardId),
  updates.map(({ bytes }) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
  updates.map(({ userId }) => userId),
]

function numbersOf(
  updates: readonly TextUpdate[],
  rows: readonly Appended[],
): (number | undefined)[] {
  const numbers = Map.groupBy(rows, ({ cardId }) => cardId)
  for (const each of numbers.values()) each.sort((a, b) => b.seq - a.seq)
  return updates.map(({ cardId }) => numbers.get(cardId)?.pop()?.seq)
}
