import { HocuspocusProvider } from '@hocuspocus/provider'
import type { WebSocket } from 'ws'
import type { Doc } from 'yjs'
import { aBrowserWebsocket } from './browser-websocket.ts'

/** A browser's end of a document: a real provider over a real socket, and what it was told. */
export interface BrowserEnd<Message> {
  readonly provider: HocuspocusProvider
  readonly messages: Message[]
  /** The codes its sockets were closed with. */
  readonly closed: number[]
  /** Why it may not look, once it was told. */
  readonly denied: string[]
  /** The socket it has now. */
  socket(): WebSocket
  /** Gone at once, as a browser whose machine is switched off. */
  leave(): void
}

interface Opened<Message> {
  readonly name: string
  readonly token: string
  readonly read: { parse(message: unknown): Message }
  readonly document?: Doc
  readonly onAuthenticated?: () => void
}

/** Opens a document on the server of `port` as whoever the token is of. */
export function aBrowserEnd<Message>(
  port: number,
  { read, ...opened }: Opened<Message>,
): BrowserEnd<Message> {
  const messages: Message[] = []
  const { websocket, closed } = aBrowserWebsocket(port)
  const denied: string[] = []
  const provider = new HocuspocusProvider({
    ...opened,
    websocketProvider: websocket,
    onAuthenticationFailed: ({ reason }) => denied.push(reason),
    onStateless: ({ payload }) => messages.push(read.parse(JSON.parse(payload))),
  })
  provider.attach()
  return {
    provider,
    messages,
    closed,
    denied,
    socket: () => websocket.webSocket as unknown as WebSocket,
    leave() {
      provider.destroy()
      websocket.destroy()
    },
  }
}
