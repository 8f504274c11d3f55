import type { Knex } from 'knex'
import { keepVersion } from './keep-version.ts'
import type { StoredText } from './stored-text.ts'
import type { Packed } from './thread/pack.ts'

/** All versions of a day are kept for so long, its last one for longer. */
const HOURS_KEPT_DAYS = 2

const REPLACE = `
  update crdt_docs set snapshot = :snapshot, snapshot_bytes = :bytes, snapshot_seq = :seq,
    tail_bytes = (
      select coalesce(sum(octet_length(bytes)), 0) from crdt_updates
      where card_id = :cardId and seq > :seq
    ),
    settled = seq = :seq and seq = told_seq
  where card_id = :cardId and snapshot_seq = :from
  returning workspace_id`

/** One version an hour: the last of it. */
const DROP_VERSIONS_OF_NOW = `
  delete from crdt_history where card_id = ? and kept_for = 'time'
    and created_at >= date_trunc('hour', now(), 'UTC')
  returning author_ids as "authorIds"`
/** Of days that are over the last is enough. */
const THIN_OUT = `
  update crdt_history h set expires_at = least(expires_at, now() + interval '1 day' * ?)
  where card_id = ? and kept_for = 'time' and created_at >= date_trunc('day', now(), 'UTC')`

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
  const dropped = await trx.raw<{ rows: { authorIds: string[] }[] }>(DROP_VERSIONS_OF_NOW, [cardId])
  await trx.raw(THIN_OUT, [HOURS_KEPT_DAYS, cardId])
  const version = { ...packed, workspaceId: rows[0]!.workspace_id, keptFor: 'time' } as const
  await keepVersion(
    trx,
    version,
    dropped.rows.flatMap(({ authorIds }) => authorIds),
  )
  await trx('crdt_updates').where({ card_id: cardId }).where('seq', '<=', seq).delete()
  return true
}
