import { createServer } from 'vite'

/** What the API serves beside the UI. */
const API_PATHS = [
  '/api',
  '/health',
  '/ready',
  '/metrics',
  '/openapi.json',
  '/docs',
  '/admin/queues',
  '/admin/codec',
  '/admin/temporal',
  '/policy-reports',
]

// Vite in front of the API, so that page, API and socket share one origin as in production.
const [port, apiPort] = process.argv.slice(2).map(Number)
const target = `http://127.0.0.1:${apiPort}`
const vite = await createServer({
  root: 'ui',
  server: {
    host: '127.0.0.1',
    port: port ?? 0,
    strictPort: true,
    proxy: {
      ...Object.fromEntries(API_PATHS.map((path) => [path, { target }])),
      '/collab': { target, ws: true },
    },
  },
})
await vite.listen()
process.once('SIGTERM', () => void vite.close().then(() => process.exit(0)))
