import { ATTACHMENTS_BYTES_PER_CARD_MAX, ATTACHMENTS_PER_CARD_MAX } from '#core/kernel/limits.ts'
import { Refusal } from '#core/kernel/refusal.ts'
import { versionAfter, type Work } from '#core/platform/handler.ts'
import { keptFile, type KeptFile } from '#activities/files/queries.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { Attachment } from './attachment.ts'
import type { Card } from './card.ts'
import { cardResult } from './change-card.ts'
import { liveCard } from './locked-cards.ts'

interface Attached {
  readonly attachment: Attachment
  readonly file: KeptFile
  readonly card: Card
}

/** An attachment, its file and its card; refuses one that is gone, unless `deleted` ones are wanted. */
export async function attachmentOf(work: Work, deleted = false): Promise<Attached> {
  const { trx, targetId, workspaceId } = work
  const attachment = await Attachment.query(trx)
    .findById(targetId)
    .where('workspace_id', workspaceId)
    .forUpdate()
  const file = await keptFile(trx, targetId)
  if (!attachment || !file || (attachment.deletedAt && !deleted)) {
    throw new Refusal('attachment.not_found', 'There is no such attachment.')
  }
  const card = await liveCard(work, attachment.cardId)
  await liveBoard(work, card.boardId)
  return { attachment, file, card }
}

/** Writes that the attachment is gone from `deletedAt` on, or is there; answers it as it now is. */
export async function markAttachment(
  work: Work,
  attachment: Attachment,
  deletedAt: Date | null,
): Promise<Attachment> {
  const written = { deletedAt, ...versionAfter(work, attachment, ['deleted']) }
  await Attachment.query(work.trx).patch(written).where('id', attachment.id)
  return Object.assign(new Attachment(), attachment, written)
}

/** Refuses a file for which its card has no room: its row is locked, so nobody else takes it. */
export async function refuseFull({ trx }: Work, card: Card, file: KeptFile): Promise<void> {
  const { rows } = await trx.raw<{ rows: [{ bytes: number }] }>(
    `select coalesce(sum(f.bytes), 0)::int as bytes
     from attachments a join files f on f.id = a.id
     where a.card_id = ? and a.deleted_at is null`,
    [card.id],
  )
  const isFull =
    card.attachmentCount >= ATTACHMENTS_PER_CARD_MAX ||
    rows[0].bytes + file.bytes > ATTACHMENTS_BYTES_PER_CARD_MAX
  if (!isFull) return
  const [files, megabytes] = [ATTACHMENTS_PER_CARD_MAX, ATTACHMENTS_BYTES_PER_CARD_MAX / 1024 ** 2]
  throw new Refusal(
    'card.attachment_limit',
    `A card has at most ${files} files, and ${megabytes} MB of them.`,
  )
}

export const attachmentResult = (attachment: Attachment, file: KeptFile, card: Card) => ({
  attachment: attachment.view(file),
  ...cardResult(card),
})
