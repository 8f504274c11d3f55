import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { BrowserSocket } from './browser-socket.ts'

/** One tab of somebody's browser with one document open: what it was told, and how it was closed. */
export interface TestTab {
  readonly provider: HocuspocusProvider
  readonly messages: unknown[]
  readonly closed: { code: number; atMs: number }[]
  readonly denied: string[]
  readonly socket: HocuspocusProviderWebsocket
  leave(): void
}

interface Visit {
  readonly port: number
  readonly name: string
  readonly token: string
  readonly browserId?: string
  /** As a proxy adds them on the way. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Opens a document in a tab of this browser; whoever was closed once stays away. */
export function aTab({ port, name, token, browserId, headers }: Visit): TestTab {
  const messages: unknown[] = []
  const closed: TestTab['closed'] = []
  const denied: string[] = []
  const query = browserId === undefined ? '' : `?browser=${browserId}`
  const socket = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}/collab${query}`,
    WebSocketPolyfill: headers ? socketWith(headers) : BrowserSocket,
    onClose: ({ event }) => {
      closed.push({ code: event.code, atMs: performance.now() })
      socket.disconnect()
    },
  })
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name,
    token,
    onAuthenticationFailed: ({ reason }) => denied.push(reason),
    onStateless: ({ payload }) => messages.push(JSON.parse(payload)),
  })
  provider.attach()
  return {
    provider,
    messages,
    closed,
    denied,
    socket,
    leave() {
      provider.destroy()
      socket.destroy()
    },
  }
}

const socketWith = (headers: Readonly<Record<string, string>>) =>
  class extends BrowserSocket {
    constructor(url: string) {
      super(url, headers)
    }
  }
