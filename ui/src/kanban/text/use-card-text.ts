import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { Awareness } from 'y-protocols/awareness'
import { Doc } from 'yjs'
import type { Id } from '#core/kernel/ids.ts'
import type { BoardSocket } from '../../shell/board-socket.ts'
import { openSaves } from '../../shell/saves.ts'
import { useSession } from '../../shell/session.ts'
import type { TextSocket } from '../../shell/text-socket.ts'
import { useBoard } from '../store.ts'
import { keepText } from './kept-text.ts'

/**
 * The text of a card, written together: what this browser keeps of it first, then what the server
 * has. It is there to be written in once either is known, and never as an empty page before.
 */
export function useCardText(cardId: Id) {
  const [board, session] = [useBoard(), useSession()]
  const doc = new Doc()
  const awareness = shallowRef(new Awareness(doc))
  const kept = keepText(session.me!.user.id, cardId, doc)
  const isKept = ref(false)
  const isHeard = ref(false)
  const isTooLarge = ref(false)
  /** What the server said last; before it says anything, the card's own rights count. */
  const isTaken = ref<boolean>()
  let isUnsaved = false
  let text: TextSocket | undefined
  let isClosed = false

  function follow(socket: BoardSocket | undefined): void {
    if (text) {
      text.close()
      awareness.value = new Awareness(doc)
    }
    text = socket?.text(cardId, {
      doc,
      awareness: awareness.value,
      mayWrite: (yes) => (isTaken.value = yes),
      unsaved,
      tooLarge: () => (isTooLarge.value = true),
      synced: () => {
        isHeard.value = true
        void kept.heard().then(
          () => (isKept.value = true),
          () => {},
        )
      },
    })
  }

  // The server then sends only what is new to this browser.
  void kept.known.then((known) => {
    if (isClosed) return
    isKept.value = known
    watch(() => board.socket, follow, { immediate: true })
  })

  /** Counted as one among what is on its way to the server. */
  function unsaved(some: boolean): void {
    if (some !== isUnsaved) openSaves.value += some ? 1 : -1
    isUnsaved = some
    if (isClosed && !some) end()
  }

  function end(): void {
    text?.close()
    awareness.value.destroy()
    void kept.close().finally(() => doc.destroy())
  }

  // What is on its way goes on when the card is closed.
  onScopeDispose(() => {
    isClosed = true
    if (!isUnsaved) end()
  })

  const isReady = computed(() => isKept.value || isHeard.value)
  return { doc, awareness, isReady, isTaken, isTooLarge }
}
