import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import type { StoredText } from './stored-text.ts'
import type { Packed } from './thread/pack.ts'

/** What a text was like on a day is kept for so long. */
const DAY_KEPT_DAYS = 30

const REPLACE = `
  update crdt_docs set snapshot = :snapshot, snapshot_bytes = :bytes, snapshot_seq = :seq,
    tail_bytes = (
      select coalesce(sum(octet_length(bytes)), 0) from crdt_updates
      where card_id = :cardId and seq > :seq
    ),
    settled = seq = :seq and seq = told_seq
  where card_id = :cardId and snapshot_seq = :from
  returning workspace_id`

/** One version a day: the last of it. */
const KEEP_VERSION = `
  insert into crdt_history (id, workspace_id, card_id, seq, snapshot, expires_at)
  values (:id, :workspaceId, :cardId, :seq, :snapshot, now() + interval '1 day' * :days)
  on conflict (card_id, seq) do nothing`
const DROP_VERSION_OF_TODAY = `
  delete from crdt_history where card_id = :cardId and label is null
    and created_at >= date_trunc('day', now(), 'UTC')`

/**
 * Puts a snapshot in the place of exactly those changes it was made of. False when somebody else has
 * packed the text meanwhile; then nothing is changed.
 */
export async function replaceTail(
  trx: Knex.Transaction,
  cardId: string,
  read: StoredText,
  { snapshot, bytes }: Packed,
): Promise<boolean> {
  const { seq, snapshotSeq: from } = read
  const packed = { cardId, seq, from, bytes, snapshot: Buffer.from(snapshot) }
  const { rows } = await trx.raw<{ rows: { workspace_id: string }[] }>(REPLACE, packed)
  if (rows.length === 0) return false
  await trx('crdt_updates').where({ card_id: cardId }).where('seq', '<=', seq).delete()
  await trx.raw(DROP_VERSION_OF_TODAY, { cardId })
  const workspaceId = rows[0]!.workspace_id
  await trx.raw(KEEP_VERSION, { ...packed, id: newId(), workspaceId, days: DAY_KEPT_DAYS })
  return true
}
