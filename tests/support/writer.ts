import { setTimeout as sleep } from 'node:timers/promises'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'
import { plainText, TEXT_FIELD } from '#activities/texts/text-lines.ts'
import { TextMessage } from '#core/contracts/texts.ts'
import { BrowserSocket } from './browser-socket.ts'

const SOON_MS = 5_000
const LOOK_EVERY_MS = 5

/** A browser's end of a card's text: a real provider over a real socket. */
export interface TestWriter {
  readonly provider: HocuspocusProvider
  readonly doc: Y.Doc
  readonly messages: TextMessage[]
  /** The codes its sockets were closed with. */
  readonly closed: number[]
  /** Why it may not look, once it was told. */
  readonly denied: string[]
  text(): string
  /** Adds a line at the end. */
  write(line: string): void
  /** Resolves once it has read the text, and all it wrote is acknowledged. */
  saved(): Promise<void>
  /** The socket it has now. */
  socket(): WebSocket
  /** Gone at once, as a browser whose machine is switched off. */
  leave(): void
}

/** Opens the text of a card as somebody with `token`; `doc` is what was kept from an earlier visit. */
export function aWriter(
  port: number,
  cardId: string,
  token: string,
  { doc = new Y.Doc(), name = `card:${cardId}` } = {},
): TestWriter {
  const messages: TextMessage[] = []
  const closed: number[] = []
  const denied: string[] = []
  const socket = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}/collab`,
    delay: 50,
    minDelay: 50,
    maxDelay: 300,
    WebSocketPolyfill: BrowserSocket,
    onClose: ({ event }) => closed.push(event.code),
  })
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name,
    document: doc,
    token,
    onAuthenticationFailed: ({ reason }) => denied.push(reason),
    onStateless: ({ payload }) => messages.push(TextMessage.parse(JSON.parse(payload))),
  })
  provider.attach()
  return {
    provider,
    doc,
    messages,
    closed,
    denied,
    text: () => plainText(doc),
    write(line) {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText(line)])
      doc.getXmlFragment(TEXT_FIELD).push([paragraph])
    },
    async saved() {
      const isSaved = () => provider.isSynced && !provider.hasUnsyncedChanges
      const untilMs = Date.now() + SOON_MS
      while (!isSaved() && Date.now() < untilMs) await sleep(LOOK_EVERY_MS)
      if (!isSaved()) throw new Error('What was written is not saved.')
    },
    socket: () => socket.webSocket as unknown as WebSocket,
    leave() {
      provider.destroy()
      socket.destroy()
    },
  }
}
