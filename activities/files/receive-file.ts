import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Knex } from 'knex'
import type { FileView } from '#core/contracts/files.ts'
import { newId } from '#core/kernel/ids.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { writeAs } from '#core/platform/acting-as.ts'
import { fileTypeOf, type FileType } from './file-types.ts'
import { isWhatItSays } from './is-what-it-says.ts'
import type { Scanner } from './scanners/scanner.ts'
import type { FileStore } from './stores/store.ts'
import { writeLimited } from './write-limited.ts'

export { tooLarge } from './write-limited.ts'

/** What takes files in. */
export interface FileTools {
  readonly database: Knex
  readonly store: FileStore
  readonly scanner: Scanner
}

/** A file on its way in. */
interface Sent {
  readonly workspaceId: string
  readonly userId: string
  /** As it is shown. */
  readonly name: string
  readonly body: Readable
}

interface Row {
  bytes?: number
  state?: 'scanning' | 'ready' | 'refused'
  scanned_at?: Date | null
}

/**
 * Takes a file in: to a place of its own on this machine, where it is looked at, and only then to
 * where files are kept. Its row is there first, so a file is never kept that no row knows of. One of
 * the doors that write without a workflow: it is on no card until an action puts it there.
 */
export async function receiveFile(tools: FileTools, sent: Sent): Promise<FileView> {
  const type = fileTypeOf(sent.name)
  if (!type) throw new Refusal('file.type_not_allowed', 'Files of this type are not taken.')
  const id = newId()
  await announce(tools.database, id, sent, type)
  const mark = async (row: Row) => {
    const { workspaceId, userId } = sent
    await writeAs(tools.database, { workspaceId, userId }, (trx) =>
      trx('files').where({ id }).update(row),
    )
  }
  try {
    const { bytes, scannedAt } = await takeIn(tools, id, sent, type, mark)
    await mark({ state: 'ready', scanned_at: scannedAt })
    return { id, name: sent.name, mediaType: type.mediaType, bytes, isScanned: scannedAt !== null }
  } catch (error) {
    // Should this fail too, the row is cleared away as one that was never ready.
    await mark({ state: 'refused' }).catch(() => {})
    throw error
  }
}

async function announce(database: Knex, id: string, sent: Sent, type: FileType): Promise<void> {
  const { workspaceId, userId, name } = sent
  const row = { id, workspace_id: workspaceId, uploader_id: userId, name }
  await writeAs(database, { workspaceId, userId }, (trx) =>
    trx('files').insert({ ...row, media_type: type.mediaType }),
  )
}

async function takeIn(
  { store, scanner }: FileTools,
  id: string,
  { body }: Sent,
  type: FileType,
  mark: (row: Row) => Promise<void>,
): Promise<{ bytes: number; scannedAt: Date | null }> {
  const path = join(store.incoming, id)
  try {
    const bytes = await writeLimited(body, path)
    if (!(await isWhatItSays(path, type))) {
      throw new Refusal('file.not_what_it_says', 'The content is not what the name says.')
    }
    await mark({ bytes, state: 'scanning' })
    const virus = await scanner.scan(path).catch(notScanned)
    if (virus !== null)
      throw new Refusal('file.infected', 'A virus was found in the file.', { virus })
    await store.put(id, path, { mediaType: type.mediaType, bytes })
    return { bytes, scannedAt: scanner.scans ? new Date() : null }
  } finally {
    await rm(path, { force: true })
  }
}

/** Without the scanner's word nothing is taken, which passes once it is well again. */
function notScanned(cause: unknown): never {
  const refusal = new Refusal('service.away', 'The virus scanner does not answer.')
  throw Object.assign(refusal, { cause })
}
