import { join } from 'node:path'
import { getQuickJS } from 'quickjs-emscripten'
import { build, type Plugin } from 'vite'
import { packTexts } from './pack-texts.ts'

const ROOT = new URL('../code-editor', import.meta.url).pathname
/** By the name of each global: what it has, and what each value of it has, if it makes values. */
const ASK = `JSON.stringify(Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => {
  const named = (value) => Object(value) === value ? Object.getOwnPropertyNames(value) : []
  return [name, { own: named(globalThis[name]), each: named(globalThis[name]?.prototype) }]
})))`

/**
 * Builds the page in which code is written beside the app. It is a build of its own: it shares no file
 * with the app, whose pages and worker know none of its.
 */
export const codeEditor: Plugin = {
  name: 'code-editor',
  apply: 'build',
  async writeBundle({ dir }) {
    await build({
      root: ROOT,
      configFile: false,
      base: './',
      logLevel: 'warn',
      plugins: [packTexts],
      define: { ENGINE: await namesOfEngine() },
      build: {
        outDir: join(dir!, 'code-editor'),
        emptyOutDir: true,
        target: 'es2024',
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: Infinity,
        modulePreload: { polyfill: false },
        rolldownOptions: { checks: { pluginTimings: false } },
      },
    })
  },
}

/** What the engine has in which steps run, for what is offered while one types. */
async function namesOfEngine(): Promise<string> {
  const context = (await getQuickJS()).newContext()
  try {
    return context.getString(context.unwrapResult(context.evalCode(ASK)))
  } finally {
    context.dispose()
  }
}
