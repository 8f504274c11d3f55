import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import type { WebSocket } from 'ws'
import { BoardMessage, type BoardEvent, type Presence } from '#core/contracts/events.ts'
import { BrowserSocket } from './browser-socket.ts'

/** A browser's end of a board: a real provider over a real socket, and what it was told. */
export interface TestViewer {
  readonly provider: HocuspocusProvider
  readonly messages: BoardMessage[]
  /** The codes its sockets were closed with. */
  readonly closed: number[]
  /** Why it may not look, once it was told. */
  readonly denied: string[]
  events(): BoardEvent[]
  offsets(): number[]
  present(): Presence[]
  resume(epoch: string, offset: number): void
  /** The socket it has now. */
  socket(): WebSocket
  leave(): void
}

/** Opens a board as a member with `token`; says where it left off when `resumeAt` is given. */
export function aViewer(
  port: number,
  boardId: string,
  token: string,
  resumeAt?: { epoch: string; offset: number },
): TestViewer {
  const messages: BoardMessage[] = []
  const closed: number[] = []
  const denied: string[] = []
  const socket = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}/collab`,
    delay: 50,
    minDelay: 50,
    maxDelay: 500,
    WebSocketPolyfill: BrowserSocket,
    onClose: ({ event }) => closed.push(event.code),
  })
  const resume = (epoch: string, offset: number) =>
    provider.sendStateless(JSON.stringify({ kind: 'resume', epoch, offset }))
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name: `board:${boardId}`,
    token,
    onAuthenticated: () => resumeAt && resume(resumeAt.epoch, resumeAt.offset),
    onAuthenticationFailed: ({ reason }) => denied.push(reason),
    onStateless: ({ payload }) => messages.push(BoardMessage.parse(JSON.parse(payload))),
  })
  provider.attach()
  const events = () =>
    messages.flatMap((message) => (message.kind === 'events' ? message.events : []))
  return {
    provider,
    messages,
    closed,
    denied,
    events,
    offsets: () => events().map((event) => event.offset),
    present: () => [...provider.awareness!.getStates().values()] as Presence[],
    resume,
    socket: () => socket.webSocket as unknown as WebSocket,
    leave() {
      provider.destroy()
      socket.destroy()
    },
  }
}
