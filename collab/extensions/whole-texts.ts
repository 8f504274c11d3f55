import type { afterLoadDocumentPayload, beforeSyncPayload, Extension } from '@hocuspocus/server'
import { messageYjsSyncStep1 } from 'y-protocols/sync'
import { type Doc, encodeStateAsUpdate } from 'yjs'
import { Denied } from '../denied.ts'
import type { ViewerContext } from './authenticate.ts'

/** Who asks for all they lack of a text costs us as much as it is long, whatever they lack. */
export function wholeTexts(): Extension {
  const bytesOf = new WeakMap<Doc, number>()
  return {
    async afterLoadDocument({ document }: afterLoadDocumentPayload) {
      bytesOf.set(document, encodeStateAsUpdate(document).length)
      document.on('update', (update: Uint8Array) => {
        bytesOf.set(document, bytesOf.get(document)! + update.length)
      })
    },

    async beforeSync({ type, document, context }: beforeSyncPayload<ViewerContext>) {
      if (type !== messageYjsSyncStep1) return
      if (!context.socket.mayAsk(bytesOf.get(document) ?? 0)) throw new Denied('too-often')
    },
  }
}
