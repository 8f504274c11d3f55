import { join } from 'node:path'
import { components } from './components.ts'
import { ports } from './data/ports.ts'
import { webPort } from './data/web-port.ts'
import { migrate, seed } from './database.ts'
import { loginLines, refuseProduction } from './demo-only.ts'
import { lifecycle } from './lifecycle.ts'
import { answers } from './parts/http.ts'
import { say } from './say.ts'
import { server } from './servers.ts'

const SOURCES = ['core', 'engine', 'activities', 'api', 'collab']
const WATCH = [
  ...SOURCES.map((folder) => `--watch-path=${folder}`),
  '--watch-preserve-output',
  `--import=${join(import.meta.dirname, 'watch-quietly.ts')}`,
]
const VITE_READY_LIMIT_MS = 60_000
const VITE_STOP_LIMIT_MS = 5_000

refuseProduction()

// The same as main.ts, but the servers start again when their sources change and speak to the
// terminal, and Vite stands in front of them.
await lifecycle(async (stage) => {
  const port = await webPort()
  const { api } = await ports(stage.folder, ['api'])
  const { environment, collabPort, workerPort, lines } = await components(stage, api)
  await migrate(environment)

  const watched = { environment, nodeFlags: WATCH }
  await Promise.all([
    seed(environment),
    stage.keep(server({ name: 'worker', port: workerPort, ...watched })),
    stage.keep(server({ name: 'collab', port: collabPort, ...watched })),
    stage.keep(server({ name: 'api', port: api, ...watched })),
    stage.keep({
      name: 'ui',
      command: process.execPath,
      args: [join(import.meta.dirname, 'dev-ui.ts'), String(port), String(api)],
      ready: () => answers(`http://127.0.0.1:${port}/`),
      readyLimitMs: VITE_READY_LIMIT_MS,
      stopSignal: 'SIGTERM',
      stopLimitMs: VITE_STOP_LIMIT_MS,
    }),
  ])
  for (const line of [...lines, ...loginLines()]) say(line)
  say(`ProjectFlow is ready at http://127.0.0.1:${port}`)
})
