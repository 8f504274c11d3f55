import { Awareness } from 'y-protocols/awareness'
import { Doc } from 'yjs'
import { within } from '#core/kernel/within.ts'
import type { Id } from '#core/kernel/ids.ts'
import type { BoardSocket } from '../../shell/board-socket.ts'
import { keepText } from './kept-text.ts'
import { markText, unsentTexts } from './unsent-texts.ts'

const SEND_LIMIT_MS = 10_000
const sending = new Map<Id, Promise<void>>()

/** Resolves when a text is not being sent here any more: it is opened once at a time. */
export const textSent = async (cardId: Id): Promise<void> => await sending.get(cardId)

/** Sends what was written without a network in texts that are not open any more. */
export function sendUnsentTexts(userId: Id, socket: BoardSocket, openCardId: Id | null): void {
  for (const cardId of unsentTexts.value) {
    if (cardId === openCardId || sending.has(cardId)) continue
    sending.set(
      cardId,
      send(userId, cardId, socket).finally(() => sending.delete(cardId)),
    )
  }
}

async function send(userId: Id, cardId: Id, socket: BoardSocket): Promise<void> {
  const doc = new Doc()
  const kept = keepText(userId, cardId, doc)
  const stored = Promise.withResolvers<void>()
  await kept.known
  const text = socket.text(cardId, {
    doc,
    awareness: new Awareness(doc),
    mayWrite: () => {},
    tooLarge: () => {},
    synced: () => void kept.heard().catch(() => {}),
    unsaved: (some) => !some && stored.resolve(),
  })
  await within(stored.promise, SEND_LIMIT_MS).then(
    () => markText(cardId, false),
    // It is tried again with the next connection.
    () => {},
  )
  text.close()
  await kept.close().finally(() => doc.destroy())
}
