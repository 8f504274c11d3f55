import { until, useDebounceFn } from '@vueuse/core'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { Awareness } from 'y-protocols/awareness'
import { Doc } from 'yjs'
import type { Id } from '#core/kernel/ids.ts'
import type { BoardSocket } from '../../shell/board-socket.ts'
import { useSession } from '../../shell/session.ts'
import type { TextSocket } from '../../shell/text-socket.ts'
import { useBoard } from '../store.ts'
import { keepText } from './kept-text.ts'
import { openTexts } from './open-texts.ts'
import { sendTexts } from './send-texts.ts'
import { stopSending } from './send-unsent.ts'
import {
  markKept,
  markText,
  refuseText,
  type TextRefusal,
  unkeptTexts,
  unsentTexts,
} from './unsent-texts.ts'

/** The ways to take over a text that was closed and is unsent and kept nowhere else. */
const leftTexts = new Map<Id, () => void>()

/** Whether what is written is kept is asked once for so much of it. */
const HOLDS_WAIT_MS = 500

/**
 * The text of a card, written together: what this browser keeps of it first, then what the server
 * has. It is there to be written in once either is known, and never as an empty page before.
 */
export function useCardText(cardId: Id) {
  const [board, session] = [useBoard(), useSession()]
  const doc = (leftTexts.has(cardId) && openTexts.get(cardId)) || new Doc()
  leftTexts.get(cardId)?.()
  const awareness = shallowRef(new Awareness(doc))
  const kept = keepText(session.me!.user.id, cardId, doc)
  const isKept = ref(false)
  const isRead = ref(false)
  const isHeard = ref(false)
  const isTooLarge = ref(false)
  /** What the server said last; before it says anything, the card's own rights count. */
  const isTaken = ref<boolean>()
  let text: TextSocket | undefined

  /** What was written here before, or without a network, is not taken. */
  function refuse(why: TextRefusal): void {
    if (unsentTexts.value.has(cardId)) refuseText(cardId, why)
  }

  function follow(socket: BoardSocket | undefined): void {
    if (text) {
      text.close()
      awareness.value = new Awareness(doc)
    }
    text = socket?.text(cardId, {
      doc,
      awareness: awareness.value,
      mayWrite(yes) {
        isTaken.value = yes
        if (yes) refuseText(cardId, undefined)
        else refuse('readOnly')
      },
      gone() {
        isTaken.value = false
        refuse('gone')
      },
      unsaved: (some) => !some && markText(cardId, false),
      tooLarge() {
        isTooLarge.value = true
        refuse('tooLarge')
      },
      synced: () => {
        isHeard.value = true
        void kept.heard().then(
          () => (isKept.value = true),
          () => {},
        )
      },
    })
  }

  const lookWhetherKept = useDebounceFn(async () => {
    if (unsentTexts.value.has(cardId)) markKept(cardId, await kept.holds())
  }, HOLDS_WAIT_MS)

  // What is read from this browser or heard from the server is not ours to send.
  function changed(
    _update: Uint8Array,
    _origin: unknown,
    _doc: Doc,
    { local }: { local: boolean },
  ): void {
    if (!local) return
    markText(cardId, true)
    void lookWhetherKept()
  }
  doc.on('update', changed)
  openTexts.set(cardId, doc)

  // The server then sends only what is new to this browser.
  void Promise.all([kept.known, stopSending(cardId)]).then(([known]) => {
    isKept.value = known
    isRead.value = true
  })
  // Begun here, for one that is begun later goes on when the card is closed.
  watch(() => (isRead.value ? board.socket : undefined), follow)

  const isUnkept = () => unkeptTexts.value.has(cardId)

  /** It is nowhere else: this page goes on sending it, though nobody sees it; until it is opened again. */
  async function isTakenOver(): Promise<boolean> {
    const again = new Promise<true>((resolve) => leftTexts.set(cardId, () => resolve(true)))
    const sent = until(isUnkept)
      .toBe(false)
      .then(() => false)
    const answer = await Promise.race([again, sent])
    leftTexts.delete(cardId)
    return answer
  }

  /** What is still on its way then is sent from what this browser keeps. */
  async function end(): Promise<void> {
    const goesOn = isUnkept() && (await isTakenOver())
    doc.off('update', changed)
    text?.close()
    awareness.value.destroy()
    if (!goesOn) openTexts.delete(cardId)
    await kept.close().catch(() => {})
    if (goesOn) return
    doc.destroy()
    await sendTexts()
  }
  onScopeDispose(() => void end())

  const isReady = computed(() => isKept.value || isHeard.value)
  return { doc, awareness, isReady, isTaken, isTooLarge }
}
