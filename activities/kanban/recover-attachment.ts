import { unchanged, undoStep, type Handler } from '#core/platform/handler.ts'
import { attachmentOf, attachmentResult, markAttachment, refuseFull } from './change-attachment.ts'
import { cardEvent, touchCard } from './change-card.ts'

/** Brings back a file that was taken off its card. */
export const recoverAttachment: Handler<'attachment.recover'> = async (work) => {
  const { attachment, file, card } = await attachmentOf(work, true)
  if (!attachment.deletedAt) return unchanged(attachmentResult(attachment, file, card))
  await refuseFull(work, card, file)
  const recovered = await markAttachment(work, attachment, null)
  const after = await touchCard(
    work,
    card,
    { attachmentCount: card.attachmentCount + 1 },
    'attachments',
  )
  const changes = { attachment: [null, file.name] as [null, string] }
  return {
    result: attachmentResult(recovered, file, after),
    events: [await cardEvent(work, 'attachment.recovered', after, changes)],
    changes,
    inverse: [undoStep('attachment.remove', file.id, {}, ['deleted'], attachment, recovered)],
    follow: [],
  }
}
