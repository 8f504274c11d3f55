import { HocuspocusProvider } from '@hocuspocus/provider'
import type { BoardMessage, Presence } from '#core/contracts/events.ts'
import type { Id } from '#core/kernel/ids.ts'
import type { TabSocket } from './tab-socket.ts'
import { openText, type TextPorts, type TextSocket } from './text-socket.ts'

export interface BoardSocketPorts {
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
 * One board on the live connection of the tab. The Yjs document it carries is empty, only presence
 * and messages travel on it.
 */
export function openBoardSocket(tab: TabSocket, boardId: Id, ports: BoardSocketPorts): BoardSocket {
  let isGone = false
  const { websocket, token } = tab
  const provider = new HocuspocusProvider({
    name: `board:${boardId}`,
    websocketProvider: websocket,
    token,
    onAuthenticated: () => {
      isGone = false
      tab.letIn()
    },
    onAuthenticationFailed: ({ reason }) => {
      // Any other reason may be over in a moment.
      isGone = reason === 'not-found'
      if (isGone) ports.gone()
      else tab.keptOut(reason)
    },
    onSynced: () => ports.connected(),
    onStateless: ({ payload }) => ports.message(JSON.parse(payload) as BoardMessage),
    onAwarenessChange: () => ports.present(others(provider)),
  })
  provider.setAwarenessField('cardId', null)
  provider.attach()
  const visited = () => {
    if (isGone && !document.hidden) tab.again()
  }
  document.addEventListener('visibilitychange', visited)
  return {
    resume: (place) => provider.sendStateless(JSON.stringify({ kind: 'resume', ...place })),
    show: (part, value) => provider.setAwarenessField(part, value),
    text: (cardId, text) => openText(websocket, cardId, { ...text, token }),
    close: () => {
      document.removeEventListener('visibilitychange', visited)
      provider.destroy()
      if (isGone) tab.again()
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
