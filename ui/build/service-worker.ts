import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import type { Plugin } from 'vite'

const SOURCE = new URL('../worker/service-worker.ts', import.meta.url)
/** Letters beyond Latin come when a page needs them. */
const KEPT = /\.(js|css|html|svg|png|webmanifest)$|-latin-(ext-)?wght-normal-[\w-]+\.woff2$/

/**
 * Writes the worker that keeps this build's files, so that the app opens without a network.
 * `serverPaths` are those whose pages are not the app's; `publicFiles` the files beside the build.
 */
export function serviceWorker(
  serverPaths: readonly string[],
  publicFiles: readonly string[],
): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const built = Object.keys(bundle).filter((name) => KEPT.test(name))
        const files = [...built, ...publicFiles].sort().map((name) => `/${name}`)
        const page = bundle['index.html']
        const hash = createHash('sha256').update(files.join())
        if (page?.type === 'asset') hash.update(page.source)
        const values = {
          BUILD: hash.digest('hex').slice(0, 16),
          FILES: files,
          SERVER_PATHS: serverPaths,
        }
        const lines = Object.entries(values).map(
          ([name, value]) => `const ${name} = ${JSON.stringify(value)}\n`,
        )
        const source = lines.join('') + stripTypeScriptTypes(readFileSync(SOURCE, 'utf8'))
        this.emitFile({ type: 'asset', fileName: 'sw.js', source })
      },
    },
  }
}
