import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite'

/** What a board needs, which is what most visits are to. */
const BOARD_MODULES = ['src/app.ts', 'src/shell/app-frame.vue', 'src/kanban/board-view.vue']

/** Has the browser fetch a board's code at once, instead of finding it import by import. */
export const preloadBoard: Plugin = {
  name: 'preload-board',
  apply: 'build',
  transformIndexHtml: { order: 'post', handler: (_, { bundle }) => preloads(bundle ?? {}) },
}

function preloads(bundle: Rolldown.OutputBundle): HtmlTagDescriptor[] {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const wanted = new Set<string>()
  const want = (fileName: string) => {
    if (wanted.has(fileName)) return
    wanted.add(fileName)
    for (const imported of byName.get(fileName)?.imports ?? []) want(imported)
  }
  for (const { facadeModuleId, fileName } of chunks) {
    if (BOARD_MODULES.some((module) => facadeModuleId?.endsWith(module))) want(fileName)
  }
  return [...wanted].map((fileName) => ({
    tag: 'link',
    attrs: { rel: 'modulepreload', crossorigin: true, href: `/${fileName}` },
    injectTo: 'head',
  }))
}
