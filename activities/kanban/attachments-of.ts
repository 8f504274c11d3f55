import type { Knex } from 'knex'
import type { AttachmentView } from '#core/contracts/views.ts'

type Row = Omit<AttachmentView, 'createdAt'> & { createdAt: Date }

const ATTACHMENTS = `
  select f.id, f.name, f.media_type as "mediaType", f.bytes, f.scanned_at is not null as "isScanned",
    a.added_by as "addedBy", a.created_at as "createdAt"
  from attachments a join files f on f.id = a.id
  where a.deleted_at is null`

/** A card's attachments, oldest first. */
export async function attachmentsOf(database: Knex, cardId: string): Promise<AttachmentView[]> {
  const sql = `${ATTACHMENTS} and a.card_id = ? order by a.created_at, a.id`
  const { rows } = await database.raw<{ rows: Row[] }>(sql, [cardId])
  return rows.map(viewOf)
}

/** One attachment; undefined when it is nowhere or was taken off its card. */
export async function attachmentById(
  database: Knex,
  id: string,
): Promise<AttachmentView | undefined> {
  const { rows } = await database.raw<{ rows: Row[] }>(`${ATTACHMENTS} and a.id = ?`, [id])
  return rows[0] && viewOf(rows[0])
}

const viewOf = (row: Row): AttachmentView => ({ ...row, createdAt: row.createdAt.toISOString() })
