import { createServer } from 'vite'

// Vite in front of the API, so that page, API and socket share one origin as in production.
const [port, apiPort] = process.argv.slice(2).map(Number)
// Read by its configuration, which names what the API answers.
process.env['API_URL'] = `http://127.0.0.1:${apiPort}`
const vite = await createServer({
  root: 'ui',
  server: {
    host: '127.0.0.1',
    port: port ?? 0,
    strictPort: true,
  },
})
await vite.listen()
process.once('SIGTERM', () => void vite.close().then(() => process.exit(0)))
