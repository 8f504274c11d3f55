import type { HtmlTagDescriptor, Plugin } from 'vite'

/** Has the browser fetch at once what the first page needs and would find only later. */
export function preloadFirst(fileName: RegExp): Plugin {
  return {
    name: 'preload-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((name) => fileName.test(name))
          .map(tagFor),
    },
  }
}

function tagFor(fileName: string): HtmlTagDescriptor {
  const kind = fileName.endsWith('.js')
    ? { rel: 'modulepreload' }
    : { rel: 'preload', as: 'font', type: 'font/woff2' }
  const attrs = { ...kind, crossorigin: true, href: `/${fileName}` }
  return { tag: 'link', attrs, injectTo: 'head' }
}
