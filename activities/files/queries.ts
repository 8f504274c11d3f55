import type { Knex } from 'knex'
import { FILE_ATTACHABLE_HOURS } from '#core/kernel/limits.ts'

/** A file whose bytes are kept, and that was found harmless. */
export interface KeptFile {
  readonly id: string
  readonly name: string
  readonly mediaType: string
  readonly bytes: number
  readonly scannedAt: Date | null
}

const COLUMNS = {
  id: 'id',
  name: 'name',
  mediaType: 'media_type',
  bytes: 'bytes',
  scannedAt: 'scanned_at',
}

/** Undefined for a file that is not ready, or gone for good. */
export async function keptFile(db: Knex, id: string): Promise<KeptFile | undefined> {
  return await db('files').where({ id, state: 'ready' }).first<KeptFile | undefined>(COLUMNS)
}

/** The same of somebody's own file, for as long as it can be attached. */
export async function attachableFile(
  db: Knex,
  id: string,
  { workspaceId, userId }: { workspaceId: string; userId: string },
  now: Date,
): Promise<KeptFile | undefined> {
  const since = new Date(now.getTime() - FILE_ATTACHABLE_HOURS * 3_600_000)
  return await db('files')
    .where({ id, state: 'ready', workspace_id: workspaceId, uploader_id: userId })
    .where('created_at', '>', since)
    .first<KeptFile | undefined>(COLUMNS)
}
