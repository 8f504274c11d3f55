import { Refusal } from '#core/kernel/refusal.ts'
import { unchanged, type Handler } from '#core/platform/handler.ts'
import { liveBoard } from '#activities/projects/queries.ts'
import { nameVersion } from '#activities/texts/queries.ts'
import { cardEvent, cardResult, cardUndo } from './change-card.ts'
import { liveCard } from './locked-cards.ts'

/** Names a version of the card's text, so that it is found again and kept as long as the card. */
export const nameText: Handler<'text.name'> = async (work) => {
  const { versionId, name } = work.body
  const card = await liveCard(work, work.targetId)
  await liveBoard(work, card.boardId)
  const named = await nameVersion(work.trx, card.id, versionId, name)
  if (!named) throw new Refusal('text.version_not_found', 'There is no such version of the text.')
  if (named.before === name) return unchanged(cardResult(card))
  const changes = { version: [named.before, name] as [string | null, string | null] }
  return {
    result: cardResult(card),
    events: [await cardEvent(work, 'text.named', card, changes)],
    changes,
    inverse: [cardUndo('text.name', { versionId, name: named.before }, [], card, card)],
    follow: [],
  }
}
