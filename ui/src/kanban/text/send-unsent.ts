import { Awareness } from 'y-protocols/awareness'
import { Doc } from 'yjs'
import type { Id } from '#core/kernel/ids.ts'
import type { BoardSocket } from '../../shell/board-socket.ts'
import { keepText } from './kept-text.ts'
import {
  markText,
  refusedTexts,
  refuseText,
  type TextRefusal,
  unsentTexts,
} from './unsent-texts.ts'

/** The others wait for their turn: the server takes only so many messages at once. */
const AT_ONCE_MAX = 10

interface Sending {
  readonly socket: BoardSocket
  readonly stop: () => void
  readonly ended: Promise<void>
}
const sending = new Map<Id, Sending>()
/** The connection on which texts were refused; on the next they are sent once more. */
let refusedOn: BoardSocket | undefined

/** A text is written by one document at a time: who opens it sends it from then on. */
export async function stopSending(cardId: Id): Promise<void> {
  sending.get(cardId)?.stop()
  await sending.get(cardId)?.ended
}

/**
 * Sends what was written without a network in texts that are not open any more, for as long as it
 * takes: over this connection, and whenever that comes back.
 */
export function sendUnsentTexts(
  userId: Id,
  socket: BoardSocket,
  isOpen: (cardId: Id) => boolean,
): void {
  for (const [, before] of sending) if (before.socket !== socket) before.stop()
  const isAgain = refusedOn === socket
  refusedOn = socket
  for (const cardId of unsentTexts.value) {
    if (sending.size >= AT_ONCE_MAX) return
    if (isAgain && refusedTexts.value.has(cardId)) continue
    if (isOpen(cardId) || sending.get(cardId)?.socket === socket) continue
    const stopped = Promise.withResolvers<void>()
    const turn = sending.get(cardId)?.ended ?? Promise.resolve()
    const ended = turn.then(async () => await send(userId, cardId, socket, stopped.promise))
    const own = { socket, stop: stopped.resolve, ended }
    sending.set(cardId, own)
    void ended.then(() => {
      if (sending.get(cardId) !== own) return
      sending.delete(cardId)
      sendUnsentTexts(userId, socket, isOpen)
    })
  }
}

async function send(
  userId: Id,
  cardId: Id,
  socket: BoardSocket,
  stopped: Promise<void>,
): Promise<void> {
  const doc = new Doc()
  const kept = keepText(userId, cardId, doc)
  const stored = Promise.withResolvers<void>()
  const refused = Promise.withResolvers<TextRefusal>()
  await Promise.race([kept.read, stopped])
  const text = socket.text(cardId, {
    doc,
    awareness: new Awareness(doc),
    mayWrite: (yes) => !yes && refused.resolve('readOnly'),
    gone: () => refused.resolve('gone'),
    tooLarge: () => refused.resolve('tooLarge'),
    synced: () => void kept.heard().catch(() => {}),
    unsaved: (some) => !some && stored.resolve(),
  })
  await Promise.race([
    stored.promise.then(() => markText(cardId, false)),
    refused.promise.then((why) => refuseText(cardId, why)),
    stopped,
  ])
  text.close()
  await kept.close().catch(() => {})
  doc.destroy()
}
