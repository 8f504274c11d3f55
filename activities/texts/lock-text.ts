import type { Knex } from 'knex'
import { answersOf, ask } from '#core/platform/ask.ts'

/**
 * A row that says nothing yet is made too: who comes second waits at it. No index is named, for each of
 * two that name one could have taken what the other waits for in the second unique index of the table.
 */
const MAKE = `
  insert into crdt_docs (card_id, workspace_id) values ($1, $2) on conflict do nothing`
const LOCK = `
  select begun from crdt_docs where card_id = $1 for no key update`

/** Keeps a text to the transaction; whether it has begun. */
export async function lockText(
  trx: Knex.Transaction,
  { cardId, workspaceId }: { readonly cardId: string; readonly workspaceId: string },
): Promise<boolean> {
  const [, [row]] = await answersOf([
    ask(trx, MAKE, [cardId, workspaceId]),
    ask<{ begun: boolean }>(trx, LOCK, [cardId]),
  ])
  return row?.begun === true
}
