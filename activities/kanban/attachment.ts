import type { AttachmentView } from '#core/contracts/views.ts'
import { VersionedRow } from '#core/platform/row.ts'
import type { KeptFile } from '#activities/files/queries.ts'

/** One row of `attachments`; its id is that of its file. */
export class Attachment extends VersionedRow {
  static override tableName = 'attachments'

  declare cardId: string
  declare addedBy: string
  declare deletedAt: Date | null
  declare createdAt: Date

  view({ name, mediaType, bytes, scannedAt }: KeptFile): AttachmentView {
    const { id, addedBy } = this
    const isScanned = scannedAt !== null
    return {
      id,
      name,
      mediaType,
      bytes,
      isScanned,
      addedBy,
      createdAt: this.createdAt.toISOString(),
    }
  }
}
