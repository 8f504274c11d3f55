import type { Extension, Hocuspocus, onAwarenessUpdatePayload } from '@hocuspocus/server'
import { applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import type { Nodes } from '../documents/nodes.ts'

/** Told by another process, so not to be told again. */
const FROM_NODE = { source: 'redis' } as const

/** Shows who is at a board or in a text also to those who have another process. */
export function sharedPresence(nodes: Nodes): Extension {
  return {
    async onAwarenessUpdate(said: onAwarenessUpdatePayload) {
      const { added, updated, removed, awareness, documentName, transactionOrigin } = said
      // Who has fallen silent is forgotten by each process by itself.
      if (documentName.startsWith('user:')) return
      if (transactionOrigin === FROM_NODE || transactionOrigin === 'timeout') return
      const clients = [...added, ...updated, ...removed]
      nodes.tellPresence(documentName, encodeAwarenessUpdate(awareness, clients))
    },
  }
}

/** Brings what another process said of who is where into the document, if it is open here. */
export function showPresence({ documents }: Hocuspocus, name: string, bytes: Uint8Array): void {
  const document = documents.get(name)
  if (document) applyAwarenessUpdate(document.awareness, bytes, FROM_NODE)
}
