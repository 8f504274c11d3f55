import { Refusal } from '#core/kernel/refusal.ts'
import { searchCard } from '#core/platform/follow-ups.ts'
import type { Handler } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { descriptionOf, liveText, versionDoc, type LiveText } from '#activities/texts/queries.ts'
import { Card } from './card.ts'
import { cardEvent, cardResult, cardUndo, changeCard } from './change-card.ts'
import { liveCard } from './locked-cards.ts'

/** Brings the text of a card back to an earlier version, unless somebody has written in it since. */
export const restoreText: Handler<'text.restore'> = async (work) => {
  const { trx, targetId, workspaceId, body } = work
  const card = await liveCard(work, targetId)
  await liveBoard(work, card.boardId)
  const text = await liveText(trx, { cardId: card.id, workspaceId })
  const version = text && (await versionDoc(trx, card.id, body.versionId))
  if (!version) throw new Refusal('text.version_not_found', 'There is no such version of the text.')
  if (text.seq !== body.baseSeq) refuseChanged(work.undo !== null, text)

  const row = await Card.query(trx).select('description').findById(card.id)
  const before = row?.description ?? ''
  const restored = await text.restore(version, work.actorId)
  const description = descriptionOf(restored.text)
  const after = await changeCard(work, card, { description }, ['description'])
  const changes = { description: [before, description] as [string, string] }
  const back = { versionId: restored.beforeId, baseSeq: restored.seq }
  return {
    result: cardResult(after),
    events: [await cardEvent(work, 'text.restored', after, changes)],
    changes,
    inverse: [cardUndo('text.restore', back, ['description'], card, after)],
    follow: [searchCard(card.id)],
  }
}

function refuseChanged(isUndo: boolean, { seq }: LiveText): never {
  if (!isUndo) {
    throw new Refusal('text.changed', 'Somebody has written in the text since.', { seq })
  }
  const fields = ['description']
  throw new Refusal('undo.changed_since', 'It has changed since: description.', { fields })
}
