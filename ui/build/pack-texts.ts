import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXTS = /\.(js|css|html|svg)$/
/** Less than this is not worth a second form. */
const TEXT_MIN_BYTES = 1024

/** Leaves each text packed beside itself, so that the server never packs it on a request. */
export const packTexts: Plugin = {
  name: 'pack-texts',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const output of Object.values(bundle)) {
        const text = output.type === 'chunk' ? output.code : output.source
        if (!TEXTS.test(output.fileName) || text.length < TEXT_MIN_BYTES) continue
        const emit = (ending: string, source: Uint8Array) =>
          this.emitFile({ type: 'asset', fileName: output.fileName + ending, source })
        emit('.br', brotliCompressSync(text))
        emit('.gz', gzipSync(text, { level: 9 }))
      }
    },
  },
}
