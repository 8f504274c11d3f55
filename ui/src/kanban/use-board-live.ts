import { computed, type Ref, ref, shallowRef, watch } from 'vue'
import type { BoardMessage, Presence } from '#core/contracts/events.ts'
import type { Id } from '#core/kernel/ids.ts'
import { CARRIED_SHOWN_MAX } from '#core/kernel/limits.ts'
import { initialsOf } from '../components/initials.ts'
import { accessToken } from '../shell/access.ts'
import type { BoardSocket } from '../shell/board-socket.ts'
import type { BoardStream } from '../shell/board-stream.ts'
import { useLive } from '../shell/live.ts'
import { liveCode } from '../shell/parts.ts'
import type { BoardState } from './board-state.ts'
import { useOutbox } from './outbox.ts'

/** When the code of the live connection did not come, it is asked for again. */
const CONNECT_WAIT_MS = 5_000

interface BoardLivePorts {
  readonly boardId: Ref<Id | undefined>
  readonly state: BoardState
  /** The connection is there (again). */
  connected(): void
  message(message: BoardMessage): void
  gone(): void
}

/**
 * The live connection of the open board: what happens on it, and who else looks at it. It is a
 * socket, and where none comes through, events.
 */
export function useBoardLive({ boardId, state, connected, message, gone }: BoardLivePorts) {
  const [outbox, live] = [useOutbox(), useLive()]
  const socket = shallowRef<BoardSocket>()
  /** Tells what happens where no socket comes through. */
  let stream: BoardStream | undefined
  /** What happens is told by events: texts can be read, and what is written in them would not go out. */
  const isByEvents = ref(false)
  const presence = shallowRef<readonly Presence[]>([])
  let connecting: ReturnType<typeof setTimeout> | undefined
  let openCardId: Id | null = null
  let carriedIds: Id[] = []

  /** Asks for the events after this place. */
  function resume(place: { epoch: Id; offset: number }): void {
    if (stream) stream.resume()
    else if (socket.value) socket.value.resume(place)
    else void connect(boardId.value!)
  }

  /** The first paint does not wait for the code of the live connection. */
  async function connect(id: Id): Promise<void> {
    const opened = await live.open()
    if (boardId.value !== id || socket.value) return
    clearTimeout(connecting)
    if (!opened) {
      connecting = setTimeout(() => void connect(id), CONNECT_WAIT_MS)
      return
    }
    socket.value = opened.code.openBoardSocket(opened.tab, id, {
      connected: () => {
        connected()
        outbox.wake()
      },
      message,
      gone,
      present: (others) => {
        presence.value = others
      },
    })
    showBlocked(live.isBlocked)
    socket.value.show('cardId', openCardId)
    if (carriedIds.length > 0) socket.value.show('carried', carriedIds)
  }

  /** Follows the board by events while no socket comes through. */
  function showBlocked(isBlocked: boolean): void {
    const [id, code] = [boardId.value, liveCode.code]
    stream?.close()
    stream = undefined
    if (!isBlocked || id === undefined || !code) return
    stream = code.openBoardStream(id, {
      token: accessToken,
      place: () => state.place,
      message,
      open(is) {
        isByEvents.value = is
        if (is) outbox.wake()
      },
    })
  }
  watch(() => live.isBlocked, showBlocked)

  function close(): void {
    socket.value?.close()
    stream?.close()
    socket.value = stream = undefined
    presence.value = []
  }

  /** Tells the others which card is open here. */
  function showOpenCard(cardId: Id | null): void {
    openCardId = cardId
    socket.value?.show('cardId', cardId)
  }

  /** Tells the others which cards are carried here, so that nobody takes them too. */
  function showCarried(cardIds: ReadonlySet<Id>): void {
    carriedIds = [...cardIds].slice(0, CARRIED_SHOWN_MAX)
    socket.value?.show('carried', carriedIds)
  }

  const viewers = computed(() => new Map(presence.value.map((one) => [one.cardId, one.user])))
  const carriers = computed(() => {
    return new Map(
      presence.value.flatMap(({ carried = [], user }) => carried.map((id) => [id, user])),
    )
  })

  /** Somebody else who carries the card, or has it open. */
  function viewerOf(cardId: Id) {
    const carrier = carriers.value.get(cardId)
    const user = carrier ?? viewers.value.get(cardId)
    return user && { ...user, initials: initialsOf(user.name), carries: Boolean(carrier) }
  }

  const shown = { socket, presence, isByEvents, viewerOf }
  return { ...shown, resume, close, showOpenCard, showCarried }
}
