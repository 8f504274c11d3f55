import { HocuspocusProvider, type HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { TextMessage } from '#core/contracts/texts.ts'
import type { Id } from '#core/kernel/ids.ts'
import { Answers } from './answers.ts'

export interface TextPorts {
  /** Where the text stands, and who writes in it. */
  readonly doc: Doc
  readonly awareness: Awareness
  token(): Promise<string>
  /** What the server has stored is in the document now. */
  synced(): void
  /** Whether the server takes changes of this person, as often as it says so. */
  mayWrite(yes: boolean): void
  /** There is no such card for this person, or not any more. */
  gone(): void
  /** Whether there are changes the server has not stored yet. */
  unsaved(some: boolean): void
  /** The text is too large; nothing is taken any more until it is opened anew. */
  tooLarge(): void
}

export interface TextSocket {
  close(): void
}

/** The text of one card, on the connection of its board: it comes and goes with that. */
export function openText(
  websocketProvider: HocuspocusProviderWebsocket,
  cardId: Id,
  ports: TextPorts,
): TextSocket {
  const provider = new HocuspocusProvider({
    name: `card:${cardId}`,
    websocketProvider,
    // Each opening has an address of its own: the goodbye of the one before, which the server may hear late,
    // would end this one too.
    sessionAwareness: true,
    document: ports.doc,
    awareness: ports.awareness,
    token: ports.token,
    onAuthenticated: ({ scope }) => ports.mayWrite(scope === 'read-write'),
    onAuthenticationFailed({ reason }) {
      if (reason === 'not-found') ports.gone()
      // The server cuts who began to open it, not who waited for the same. Of a token the board hears, too.
      else if (reason === 'unavailable') comeBack(websocketProvider)
    },
    onSynced: () => ports.synced(),
    onStateless: ({ payload }) => {
      const message = JSON.parse(payload) as TextMessage
      if (message.kind === 'refused') return ports.tooLarge()
      ports.mayWrite(message.mayWrite)
      // What was refused before is said again.
      if (message.mayWrite) provider.forceSync()
    },
  })
  const stop = followAnswers(provider, ports)
  // The server takes a state that says where the caret is, or that it is nowhere.
  provider.setAwarenessField('cursor', null)
  provider.attach()
  return {
    close: () => {
      stop()
      provider.destroy()
    },
  }
}

/** Breaks the socket, which is made anew by itself a moment later, for all that is open on it. */
function comeBack({ webSocket }: HocuspocusProviderWebsocket): void {
  ;(webSocket as WebSocket | null)?.close()
}

/** Tells whether all is saved with each change of the text, and each answer to one. */
function followAnswers(provider: HocuspocusProvider, { doc, unsaved }: TextPorts): () => void {
  const { websocketProvider } = provider.configuration
  const answers = new Answers(provider.effectiveName)
  const opened = () => answers.opened()
  const sent = (message: Uint8Array) => answers.sent(message)
  const changed = (_update: Uint8Array, origin: unknown) => origin !== provider && unsaved(true)
  provider.on('message', ({ event }: { event: { data: ArrayBuffer } }) => {
    if (answers.heard(new Uint8Array(event.data))) unsaved(!answers.areAllSaved)
  })
  websocketProvider.on('open', opened).on('sent', sent)
  doc.on('update', changed)
  return () => {
    websocketProvider.off('open', opened).off('sent', sent)
    doc.off('update', changed)
  }
}
