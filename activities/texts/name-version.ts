import type { Knex } from 'knex'
import { ask } from '#core/platform/ask.ts'
import { KEPT_DAYS } from './keep-version.ts'

const NAME = `
  with before as (
    select id, label from crdt_history where card_id = $1 and id = $2 for update
  )
  update crdt_history h set label = $3::text,
    kept_for = case when $3::text is null then 'time' else 'name' end,
    expires_at = case when $3::text is null then now() + interval '1 day' * $4 end
  from before where h.id = before.id
  returning before.label`

/** Names a version, which is kept as long as its card then; undefined where the card has no such version. */
export async function nameVersion(
  trx: Knex.Transaction,
  cardId: string,
  id: string,
  name: string | null,
): Promise<{ before: string | null } | undefined> {
  const [row] = await ask<{ label: string | null }>(trx, NAME, [cardId, id, name, KEPT_DAYS])
  return row && { before: row.label }
}
