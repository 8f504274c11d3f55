import { Awareness } from 'y-protocols/awareness'
import { Doc } from 'yjs'
import type { Id } from '#core/kernel/ids.ts'
import type { TabSocket } from '../../shell/tab-socket.ts'
import { openText } from '../../shell/text-socket.ts'
import { keepText } from './kept-text.ts'
import { openTexts } from './open-texts.ts'
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
  readonly tab: TabSocket
  readonly stop: () => void
  readonly ended: Promise<void>
}
const sending = new Map<Id, Sending>()

/** A text is written by one document at a time: who opens it sends it from then on. */
export async function stopSending(cardId: Id): Promise<void> {
  sending.get(cardId)?.stop()
  await sending.get(cardId)?.ended
}

/**
 * Sends what was written without a network in texts that are not open any more, for as long as it
 * takes: over this connection, and whenever that comes back. What was refused is asked for once more.
 */
export function sendUnsentTexts(userId: Id, tab: TabSocket): void {
  for (const [, before] of sending) if (before.tab !== tab) before.stop()
  sendNext(userId, tab, () => true)
}

function sendNext(userId: Id, tab: TabSocket, isWanted: (cardId: Id) => boolean): void {
  for (const cardId of unsentTexts.value) {
    if (sending.size >= AT_ONCE_MAX) return
    if (!isWanted(cardId) || openTexts.has(cardId) || sending.get(cardId)?.tab === tab) continue
    const stopped = Promise.withResolvers<void>()
    const turn = sending.get(cardId)?.ended ?? Promise.resolve()
    const ended = turn.then(async () => await send(userId, cardId, tab, stopped.promise))
    const own = { tab, stop: stopped.resolve, ended }
    sending.set(cardId, own)
    void ended.then(() => {
      if (sending.get(cardId) !== own) return
      sending.delete(cardId)
      sendNext(userId, tab, (id) => !refusedTexts.value.has(id))
    })
  }
}

async function send(
  userId: Id,
  cardId: Id,
  { websocket, token }: TabSocket,
  stopped: Promise<void>,
): Promise<void> {
  const doc = new Doc()
  const kept = keepText(userId, cardId, doc)
  const stored = Promise.withResolvers<void>()
  const refused = Promise.withResolvers<TextRefusal>()
  await Promise.race([kept.read, stopped])
  const text = openText(websocket, cardId, {
    token,
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
