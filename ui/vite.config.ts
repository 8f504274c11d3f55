import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { packTexts } from './build/pack-texts.ts'
import { preloadBoard } from './build/preload-board.ts'

/** What the API answers; the rest of the addresses are the app's own. */
const API_PATHS = ['/api', '/health', '/ready', '/metrics', '/openapi.json', '/admin', '/docs']
const API_URL = process.env['API_URL'] ?? 'http://127.0.0.1:3000'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue(), preloadBoard, packTexts],
  // Nothing is inlined as data: the page's content policy lets in files only.
  build: {
    target: 'es2024',
    assetsInlineLimit: 0,
    // All styles are less than one picture; the page asks for them once and never waits again.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // With all it imports, so that it runs before anything else has arrived.
            { name: 'early', test: /src\/main\.ts$|preload-helper/, priority: 1 },
            // What several pages need travels together: few requests, each page's own code apart.
            { name: 'shared', minShareCount: 4 },
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
