import { HocuspocusProvider, WebSocketStatus } from '@hocuspocus/provider'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { plainText, TEXT_FIELD } from '#activities/texts/text-lines.ts'
import { BoardMessage } from '#core/contracts/events.ts'
import { BrowserSocket } from '#tests/support/browser-socket.ts'
import { HeardWebsocket } from '../../ui/src/shell/heard-websocket.ts'
import { openText } from '../../ui/src/shell/text-socket.ts'

const COME_BACK_AFTER_MS = 50

interface Place {
  readonly epoch: string
  readonly offset: number
}

export interface PersonPorts {
  readonly name: string
  readonly port: number
  readonly boardId: string
  readonly cardId: string
  token(): Promise<string>
  /** Reads the board anew: up to where its events are in it. */
  readBoard(): Promise<Place>
}

/** A browser with a board and the text of a card of it open, as the UI opens them. */
export interface Person {
  readonly doc: Y.Doc
  /** What it was told that must not be: a gap in the events of the board. */
  readonly wrongs: readonly string[]
  /** Up to which event it knows the board. */
  offset(): number
  lines(): string[]
  /** The lines of this person the screen has said are saved. */
  saved(): readonly string[]
  isSaved(): boolean
  write(place: number): void
  /** Takes away a line, and answers it. */
  strike(place: number): string | undefined
  plug(): void
  unplug(): void
  /** Closes the card and opens it again at once. */
  reopen(): void
  /** Breaks the socket; it comes back by itself. */
  stumble(): void
  leave(): void
}

export function aPerson(ports: PersonPorts): Person {
  const doc = new Y.Doc()
  const fragment = doc.getXmlFragment(TEXT_FIELD)
  const written: string[] = []
  const wrongs: string[] = []
  let savedCount = 0
  let isSaved = false
  let place: Place | null = null
  let isGone = false

  const socket = new HeardWebsocket({
    url: `ws://127.0.0.1:${ports.port}/collab`,
    delay: COME_BACK_AFTER_MS,
    minDelay: COME_BACK_AFTER_MS,
    maxDelay: COME_BACK_AFTER_MS * 4,
    jitter: true,
    WebSocketPolyfill: BrowserSocket,
  })
  let isPlugged = true
  const plug = () => {
    isPlugged = true
    // As the UI does: the provider ignores who asks while the socket of before is still closing.
    const isClosing = socket.status === WebSocketStatus.Connected && !socket.shouldConnect
    if (isClosing) plugLater()
    else void socket.connect()
  }
  let timer: NodeJS.Timeout | undefined
  const plugLater = () => {
    clearTimeout(timer)
    timer = setTimeout(() => isPlugged && !isGone && plug(), COME_BACK_AFTER_MS)
  }

  const board = new HocuspocusProvider({
    websocketProvider: socket,
    name: `board:${ports.boardId}`,
    token: ports.token,
    onAuthenticationFailed: () => {
      socket.disconnect()
      plugLater()
    },
    onSynced: () => void resume(),
    onStateless: ({ payload }) => hear(BoardMessage.parse(JSON.parse(payload))),
  })

  async function resume(): Promise<void> {
    place ??= await ports.readBoard()
    board.sendStateless(JSON.stringify({ kind: 'resume', ...place }))
  }
  function hear(message: BoardMessage): void {
    if (message.kind === 'reset') {
      place = null
      return void resume()
    }
    for (const { offset } of message.events) {
      if (!place || offset <= place.offset) continue
      if (offset !== place.offset + 1) wrongs.push(`event ${offset} after ${place.offset}`)
      place = { epoch: message.epoch, offset }
    }
  }

  board.attach()
  const open = () =>
    openText(socket, ports.cardId, {
      doc,
      awareness: new Awareness(doc),
      token: ports.token,
      synced: () => {},
      mayWrite: () => {},
      gone: () => {},
      tooLarge: () => {},
      unsaved(some) {
        isSaved = !some
        if (isSaved) savedCount = written.length
      },
    })
  let text = open()
  return {
    doc,
    wrongs,
    offset: () => place?.offset ?? -1,
    lines: () => plainText(doc).split('\n'),
    saved: () => written.slice(0, savedCount),
    isSaved: () => isSaved,
    write(at) {
      const line = `${ports.name}-${written.length}`
      // Before it is in the document: that may say at once that it is not saved, never that it is.
      written.push(line)
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText(line)])
      fragment.insert(at % (fragment.length + 1), [paragraph])
    },
    strike(at) {
      if (fragment.length === 0) return undefined
      const index = at % fragment.length
      const line = plainText(doc).split('\n')[index]
      fragment.delete(index, 1)
      return line
    },
    plug,
    unplug() {
      isPlugged = false
      socket.disconnect()
    },
    reopen() {
      text.close()
      isSaved = false
      text = open()
    },
    stumble: () => (socket.webSocket as unknown as WebSocket | null)?.close(),
    leave() {
      isGone = true
      text.close()
      board.destroy()
      socket.destroy()
    },
  }
}
