import {
  HocuspocusProvider,
  HocuspocusProviderWebsocket,
  WebSocketStatus,
} from '@hocuspocus/provider'
import type { BoardMessage, Presence } from '#core/contracts/events.ts'
import type { Id } from '#core/kernel/ids.ts'
import { backoffMs } from './backoff.ts'
import { openText, type TextPorts, type TextSocket } from './text-socket.ts'

const RECONNECT_MIN_MS = 300
const RECONNECT_MAX_MS = 15_000
/** The provider's own pause starts anew with each socket that opens, so who is kept out waits here. */
const KEPT_OUT_MIN_MS = 1_000
/** A tab nobody looks at gives its connection back; it resumes when it is looked at again. */
const HIDDEN_LIMIT_MS = 60_000
/** The server's word for «this token is over». */
const TOKEN_OVER = 4401

export interface BoardSocketPorts {
  /** The access token; `isOver` asks for a new one, because the server refused the last. */
  token(isOver: boolean): Promise<string>
  /** The connection is there (again): say where the board left off. */
  connected(): void
  message(message: BoardMessage): void
  /** There is no such board for this person, or no longer. */
  gone(): void
  /** Who else looks at the board, newest state of each. */
  present(others: Presence[]): void
}

/** What the others see of this window. */
type Shown = Required<Pick<Presence, 'cardId' | 'carried'>>

export interface BoardSocket {
  resume(place: { epoch: Id; offset: number }): void
  /** Tells the others which card is open here, or which are carried. */
  show<Part extends keyof Shown>(part: Part, value: Shown[Part]): void
  /** Opens the text of a card on the same connection; close it before the board. */
  text(cardId: Id, ports: Omit<TextPorts, 'token'>): TextSocket
  close(): void
}

/**
 * The live connection of one board. It comes back by itself, at growing and spread distances;
 * the Yjs document it carries is empty, only presence and messages travel on it.
 */
export function openBoardSocket(boardId: Id, ports: BoardSocketPorts): BoardSocket {
  let isOver = false
  /** How often in a row nobody let us in, or no token was to be had. */
  let keptOut = 0
  const websocket = new HocuspocusProviderWebsocket({
    url: `${location.origin.replace(/^http/, 'ws')}/collab`,
    delay: RECONNECT_MIN_MS,
    minDelay: RECONNECT_MIN_MS,
    maxDelay: RECONNECT_MAX_MS,
    onClose: ({ event }) => {
      isOver ||= event.code === TOKEN_OVER
    },
  })
  const way = wayBack(websocket)
  const provider = new HocuspocusProvider({
    name: `board:${boardId}`,
    websocketProvider: websocket,
    token: async () => await ports.token(isOver),
    onAuthenticated: () => {
      isOver = false
      keptOut = 0
      way.found()
    },
    onAuthenticationFailed: ({ reason }) => {
      websocket.disconnect()
      // Any other reason may be over in a moment.
      if (reason === 'not-found') return ports.gone()
      isOver ||= reason === 'token'
      way.later(backoffMs(keptOut, KEPT_OUT_MIN_MS, RECONNECT_MAX_MS))
      keptOut += 1
    },
    onSynced: () => ports.connected(),
    onStateless: ({ payload }) => ports.message(JSON.parse(payload) as BoardMessage),
    onAwarenessChange: () => ports.present(others(provider)),
  })
  provider.setAwarenessField('cardId', null)
  provider.attach()
  const stopWatching = followPage(websocket, way)
  return {
    resume: (place) => provider.sendStateless(JSON.stringify({ kind: 'resume', ...place })),
    show: (part, value) => provider.setAwarenessField(part, value),
    text: (cardId, text) =>
      openText(websocket, cardId, { ...text, token: async () => await ports.token(isOver) }),
    close: () => {
      stopWatching()
      way.found()
      provider.destroy()
      websocket.destroy()
    },
  }
}

/** One entry per person: somebody with two windows is told once, with what either shows. */
function others(provider: HocuspocusProvider): Presence[] {
  const people = new Map<Id, Presence>()
  for (const [clientId, state] of provider.awareness?.getStates() ?? []) {
    if (clientId === provider.document.clientID) continue
    // The server says who each state is; our own echo and half a state have no name yet.
    const { user, cardId, carried = [] } = state as Partial<Presence>
    if (!user) continue
    const before = people.get(user.id)
    people.set(user.id, {
      user,
      cardId: cardId ?? before?.cardId ?? null,
      carried: [...(before?.carried ?? []), ...carried],
    })
  }
  return [...people.values()]
}

interface WayBack {
  later(waitMs: number): void
  /** We are in, or want to be no more. */
  found(): void
}

/** Connects again after a pause what was disconnected. */
function wayBack(websocket: HocuspocusProviderWebsocket): WayBack {
  let timer: ReturnType<typeof setTimeout> | undefined
  const later = (waitMs: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // A tab nobody looks at comes back when it is looked at.
      if (document.hidden) return
      // The provider ignores who asks while the socket of before is still closing.
      if (websocket.status === WebSocketStatus.Connected) later(KEPT_OUT_MIN_MS)
      else void websocket.connect()
    }, waitMs)
  }
  return { later, found: () => clearTimeout(timer) }
}

/** Sleeps while the page is hidden, and does not sit out a pause once the network is back. */
function followPage(websocket: HocuspocusProviderWebsocket, way: WayBack): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const change = () => {
    clearTimeout(timer)
    if (document.hidden) timer = setTimeout(() => websocket.disconnect(), HIDDEN_LIMIT_MS)
    else if (!websocket.shouldConnect) way.later(0)
  }
  const online = () => {
    if (!document.hidden) void websocket.connect()
  }
  document.addEventListener('visibilitychange', change)
  window.addEventListener('online', online)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', change)
    window.removeEventListener('online', online)
  }
}
