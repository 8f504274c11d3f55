import { HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { BrowserSocket } from './browser-socket.ts'

/** A browser's socket to the server of `port`, which comes back soon, and the codes it was closed with. */
export function aBrowserWebsocket(port: number): {
  readonly websocket: HocuspocusProviderWebsocket
  readonly closed: number[]
} {
  const closed: number[] = []
  const websocket = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}/collab`,
    delay: 50,
    minDelay: 50,
    maxDelay: 300,
    WebSocketPolyfill: BrowserSocket,
    onClose: ({ event }) => closed.push(event.code),
  })
  return { websocket, closed }
}
