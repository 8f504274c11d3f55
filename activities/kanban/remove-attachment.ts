import { undoStep, type Handler } from '#core/platform/handler.ts'
import { attachmentOf, attachmentResult, markAttachment } from './change-attachment.ts'
import { cardEvent, touchCard } from './change-card.ts'

/** Takes a file off a card; it can be brought back for 30 days. */
export const removeAttachment: Handler<'attachment.remove'> = async (work) => {
  const { attachment, file, card } = await attachmentOf(work)
  const removed = await markAttachment(work, attachment, work.now)
  const after = await touchCard(
    work,
    card,
    { attachmentCount: card.attachmentCount - 1 },
    'attachments',
  )
  const changes = { attachment: [file.name, null] as [string, null] }
  return {
    result: attachmentResult(removed, file, after),
    events: [await cardEvent(work, 'attachment.removed', after, changes)],
    changes,
    inverse: [undoStep('attachment.recover', file.id, {}, ['deleted'], attachment, removed)],
    follow: [],
  }
}
