import { HocuspocusProvider, type HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import type { TextMessage } from '#core/contracts/texts.ts'
import type { Id } from '#core/kernel/ids.ts'

export interface TextPorts {
  /** Where the text stands, and who writes in it. */
  readonly doc: Doc
  readonly awareness: Awareness
  token(): Promise<string>
  /** What the server has stored is in the document now. */
  synced(): void
  /** Whether the server takes changes of this person, as often as it says so. */
  mayWrite(yes: boolean): void
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
    onAuthenticationFailed: () => ports.mayWrite(false),
    onSynced: () => ports.synced(),
    onUnsyncedChanges: ({ number }) => ports.unsaved(number > 0),
    onStateless: ({ payload }) => {
      const message = JSON.parse(payload) as TextMessage
      if (message.kind === 'rights') ports.mayWrite(message.mayWrite)
      else ports.tooLarge()
    },
  })
  // The server takes a state that says where the caret is, or that it is nowhere.
  provider.setAwarenessField('cursor', null)
  provider.attach()
  return { close: () => provider.destroy() }
}
