import type { Knex } from 'knex'
import { ask } from '#core/platform/ask.ts'

/** A row that says nothing yet is made too: who comes second waits at it. */
const LOCK = `
  insert into crdt_docs (card_id, workspace_id) values ($1, $2)
  on conflict (card_id) do update set changed_at = crdt_docs.changed_at
  returning begun`

/** Keeps a text to the transaction; whether it has begun. */
export async function lockText(
  trx: Knex.Transaction,
  { cardId, workspaceId }: { readonly cardId: string; readonly workspaceId: string },
): Promise<boolean> {
  const [row] = await ask<{ begun: boolean }>(trx, LOCK, [cardId, workspaceId])
  return row?.begun === true
}
