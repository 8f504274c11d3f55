import { Refusal } from '#core/kernel/refusal.ts'
import { unmake, type Handler } from '#core/platform/handler.ts'
import { attachableFile } from '#activities/files/queries.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { Attachment } from './attachment.ts'
import { attachmentResult, refuseFull } from './change-attachment.ts'
import { cardEvent, touchCard } from './change-card.ts'
import { liveCard } from './locked-cards.ts'

/** Puts a file on a card that the same person has sent and that was found harmless. */
export const addAttachment: Handler<'attachment.add'> = async (work) => {
  const { trx, workspaceId, actorId, now } = work
  const card = await liveCard(work, work.targetId)
  await liveBoard(work, card.boardId)
  const file = await attachableFile(trx, work.body.fileId, { workspaceId, userId: actorId }, now)
  if (!file) throw new Refusal('file.not_found', 'There is no such file that could be attached.')
  await refuseFull(work, card, file)
  const row = { id: file.id, workspaceId, cardId: card.id, addedBy: actorId, createdAt: now }
  await Attachment.query(trx).insert(row)
  const attachment = Object.assign(new Attachment(), row)
  const after = await touchCard(
    work,
    card,
    { attachmentCount: card.attachmentCount + 1 },
    'attachments',
  )
  const changes = { attachment: [null, file.name] as [null, string] }
  return {
    result: attachmentResult(attachment, file, after),
    events: [await cardEvent(work, 'attachment.added', after, changes)],
    changes,
    inverse: [unmake('attachment.remove', file.id)],
    follow: [],
  }
}
