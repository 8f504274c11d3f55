import { readdirSync } from 'node:fs'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { codeEditor } from './build/code-editor.ts'
import { packTexts } from './build/pack-texts.ts'
import { preloadFirst } from './build/preload-first.ts'
import { serviceWorker } from './build/service-worker.ts'

/** What the API answers; the rest of the addresses are the app's own. */
const API_PATHS = [
  '/api',
  '/health',
  '/ready',
  '/metrics',
  '/openapi.json',
  '/admin/queues',
  '/admin/codec',
  '/admin/temporal',
  '/policy-reports',
  '/docs',
  '/code-editor',
]
/** Pages of the server, or of what stands behind it, that look like addresses of the app. */
const SERVER_PATHS = [...API_PATHS, '/collab']
const PUBLIC_FILES = readdirSync(new URL('public', import.meta.url))
const API_URL = process.env['API_URL'] ?? 'http://127.0.0.1:3000'

/** The code of a board and the letters it is written in. */
const FIRST =
  /(app|vue|rolldown-runtime)-[\w-]+\.js$|(inter|jetbrains-mono)-latin-wght-normal-[\w-]+\.woff2$/
const VUE = /node_modules\/(@?vue|vue-router|vue-i18n|pinia|@intlify|@vueuse)\//
const FLOATING = /components\/floating\/|node_modules\/(reka-ui|@floating-ui)\//

export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    vue(),
    preloadFirst(FIRST),
    serviceWorker(SERVER_PATHS, PUBLIC_FILES),
    packTexts,
    codeEditor,
  ],
  // Nothing is inlined as data: the page's content policy lets in files only.
  build: {
    target: 'es2024',
    assetsInlineLimit: 0,
    // All styles are less than one picture; the page asks for them once and never waits again.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // The page in which code is written is built within this build, and takes longer than it.
      checks: { pluginTimings: false },
      output: {
        codeSplitting: {
          // Few requests: the browser sends six at a time, and each costs more than a kilobyte.
          groups: [
            { name: 'early', tags: ['$initial'], priority: 3 },
            { name: 'vue', test: VUE, priority: 2 },
            // With all it imports.
            { name: 'app', test: /src\/app\.ts$/, priority: 1 },
            { name: 'floating', test: FLOATING },
          ],
        },
      },
    },
  },
  define: {
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      ...Object.fromEntries(API_PATHS.map((path) => [path, { target: API_URL }])),
      '/collab': { target: API_URL, ws: true },
    },
  },
})
