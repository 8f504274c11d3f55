import { join } from 'node:path'
import { components } from './components.ts'
import { webPort } from './data/web-port.ts'
import { migrate, seed } from './database.ts'
import { loginLines, refuseProduction } from './demo-only.ts'
import { lifecycle } from './lifecycle.ts'
import { say } from './say.ts'
import { server } from './servers.ts'
import { buildUi } from './ui.ts'

refuseProduction()

await lifecycle(async (stage) => {
  const port = await webPort()
  say(`ProjectFlow starts; its data is in ${stage.folder}.`)
  const [{ environment, collabPort, workerPort, lines }] = await Promise.all([
    components(stage, port),
    buildUi(),
  ])
  await migrate(environment)

  const log = (name: string) => join(stage.folder, 'logs', `${name}.log`)
  await Promise.all([
    seed(environment),
    stage.keep(server({ name: 'worker', port: workerPort, environment, log: log('worker') })),
    stage.keep(server({ name: 'collab', port: collabPort, environment, log: log('collab') })),
    stage.keep(server({ name: 'api', port, environment, log: log('api') })),
  ])
  for (const line of [...lines, ...loginLines()]) say(line)
  say(`ProjectFlow is ready at http://127.0.0.1:${port}`)
})
