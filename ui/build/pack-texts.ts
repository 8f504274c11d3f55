import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
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
    async handler(_, bundle) {
      // All at once, for every core.
      const texts = Object.values(bundle).filter(({ fileName }) => TEXTS.test(fileName))
      await Promise.all(
        texts.map(async (output) => {
          const text = output.type === 'chunk' ? output.code : output.source
          if (text.length < TEXT_MIN_BYTES) return
          const emit = (ending: string, source: Uint8Array) =>
            this.emitFile({ type: 'asset', fileName: output.fileName + ending, source })
          emit('.br', await promisify(brotliCompress)(text))
          emit('.gz', await promisify(gzip)(text, { level: 9 }))
        }),
      )
    },
  },
}
