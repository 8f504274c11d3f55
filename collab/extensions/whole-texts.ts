import type { afterLoadDocumentPayload, beforeSyncPayload, Extension } from '@hocuspocus/server'
import { messageYjsSyncStep1 } from 'y-protocols/sync'
import { type Doc, encodeStateAsUpdate } from 'yjs'
import { TEXT_BYTES_MAX } from '#core/kernel/limits.ts'
import { Denied } from '../denied.ts'
import type { ViewerContext } from './authenticate.ts'

/** So many bytes added up may be far fewer by now, and are measured. The largest text is no more than half of it. */
const ADDED_BYTES_MAX = 2 * TEXT_BYTES_MAX

/** Who asks for all they lack of a text costs us as much as it is long, whatever they lack. */
export function wholeTexts(): Extension {
  const bytes = new WeakMap<Doc, number>()

  function measure(document: Doc): number {
    const { length } = encodeStateAsUpdate(document)
    bytes.set(document, length)
    return length
  }

  /** What was written is added up; what of it was taken away again makes the text no longer. */
  function bytesOf(document: Doc): number {
    const added = bytes.get(document) ?? 0
    return added > ADDED_BYTES_MAX ? measure(document) : added
  }

  return {
    async afterLoadDocument({ document }: afterLoadDocumentPayload) {
      measure(document)
      document.on('update', ({ length }: Uint8Array) => {
        bytes.set(document, bytes.get(document)! + length)
      })
    },

    async beforeSync({ type, document, context }: beforeSyncPayload<ViewerContext>) {
      if (type !== messageYjsSyncStep1) return
      if (!context.socket.mayAsk(bytesOf(document))) throw new Denied('too-often')
    },
  }
}
