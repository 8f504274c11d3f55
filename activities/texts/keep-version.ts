import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import { ask } from '#core/platform/ask.ts'

/** How a text was at one of its changes. */
interface Version {
  readonly cardId: string
  readonly workspaceId: string
  readonly seq: number
  /** Of Yjs' second encoding, packed with zstd. */
  readonly snapshot: Buffer
  readonly keptFor: 'time' | 'restore'
}

export const KEPT_DAYS = 30

/** Who has written since the version before is in the log, or in the versions this one replaces. */
const KEEP = `
  insert into crdt_history (id, workspace_id, card_id, seq, snapshot, kept_for, expires_at, author_ids)
  select $1, $2, $3, $4, $5, $6, now() + interval '1 day' * $7, array(
    select user_id from crdt_updates
    where card_id = $3 and seq <= $4 and user_id is not null
      and seq > coalesce((select max(seq) from crdt_history where card_id = $3 and seq < $4), 0)
    union select unnest($8::uuid[])
  )
  on conflict (card_id, seq) do update
    set kept_for = case when crdt_history.label is null then excluded.kept_for else 'name' end,
      expires_at = case when crdt_history.label is null then excluded.expires_at end
  returning id`

/** Keeps a version for a month; answers its id. One of the same change is kept once. */
export async function keepVersion(
  trx: Knex.Transaction,
  { cardId, workspaceId, seq, snapshot, keptFor }: Version,
  authorIds: readonly string[] = [],
): Promise<string> {
  const values = [newId(), workspaceId, cardId, seq, snapshot, keptFor, KEPT_DAYS, [...authorIds]]
  const [row] = await ask<{ id: string }>(trx, KEEP, values)
  return row!.id
}
