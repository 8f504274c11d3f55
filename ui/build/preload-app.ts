import type { Plugin } from 'vite'

/** Has the browser fetch the app at once, beside the entry that will ask for it. */
export function preloadApp(fileName: RegExp): Plugin {
  return {
    name: 'preload-app',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_, { bundle = {} }) =>
        Object.keys(bundle)
          .filter((name) => fileName.test(name))
          .map((name) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` },
            injectTo: 'head',
          })),
    },
  }
}
