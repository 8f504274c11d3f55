import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { secrets } from '#start/data/secrets.ts'
import { logins } from '#start/logins.ts'
import { type Life, launch } from '#start/process/component.ts'
import { stopGroup } from '#start/process/group.ts'
import { type Environment, server } from '#start/servers.ts'
import { freePort } from '#tests/support/free-port.ts'

const LOOK_EVERY_MS = 50

/** An API and a collab beside those of the installation, on its data: they may be stopped without harm to other tests. */
export interface OwnServers {
  readonly url: string
  startCollab(): Promise<void>
  /** As whoever updates it does; resolves when it has sent its viewers away and is gone. */
  stopCollab(): Promise<void>
  stop(): Promise<void>
}

/** Starts both; a stopping collab sends its viewers away over so many seconds. */
export async function startOwnServers(drainS: number): Promise<OwnServers> {
  const [port, collabPort] = [await freePort(), await freePort()]
  const environment = environmentOf(port, collabPort, drainS)
  const lives = new Map<'api' | 'collab', Life>()
  const start = async (name: 'api' | 'collab', at: number) => {
    const component = server({ name, port: at, environment })
    const life = launch(component)
    lives.set(name, life)
    await usable(component, life)
  }
  const stop = async (name: 'api' | 'collab') => {
    const group = lives.get(name)?.group
    lives.delete(name)
    if (group) await stopGroup(group)
  }
  const servers = {
    url: environment['PUBLIC_URL']!,
    startCollab: async () => await start('collab', collabPort),
    stopCollab: async () => await stop('collab'),
    stop: async () => void (await Promise.all([stop('api'), stop('collab')])),
  }
  try {
    await Promise.all([start('api', port), servers.startCollab()])
  } catch (error) {
    await servers.stop()
    throw error
  }
  return servers
}

type Probed = Pick<ReturnType<typeof server>, 'name' | 'ready' | 'readyLimitMs'>

async function usable({ name, ready, readyLimitMs }: Probed, { ended }: Life): Promise<void> {
  let how: string | undefined
  void ended.then((is) => (how = is))
  const endMs = Date.now() + readyLimitMs
  for (;;) {
    const isReady = await ready().then(
      () => true,
      () => false,
    )
    if (isReady) return
    if (how !== undefined || Date.now() > endMs) throw new Error(`${name} did not come up: ${how}`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

function environmentOf(port: number, collabPort: number, drainS: number): Environment {
  const folder = process.env['E2E_FOLDER']!
  const kept = secrets(folder)
  const ports = JSON.parse(readFileSync(join(folder, 'ports.json'), 'utf8')) as Record<
    string,
    number
  >
  const { AUTH_KEY, COMMAND_KEY, MASTER_KEY, AUDIT_KEY } = kept
  return {
    NODE_ENV: 'development',
    PROJECTFLOW_DEMO: '1',
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    COLLAB_PORT: String(collabPort),
    COLLAB_DRAIN_S: String(drainS),
    ...logins(process.env['E2E_DATABASE_URL']!, kept),
    REDIS_URL: process.env['REDIS_URL'] ?? `redis://127.0.0.1:${ports['redis']}`,
    TEMPORAL_ADDRESS: process.env['TEMPORAL_ADDRESS'] ?? `127.0.0.1:${ports['temporal']}`,
    FILES_URL: `file://${folder}/files`,
    AUTH_KEY,
    COMMAND_KEY,
    MASTER_KEY,
    AUDIT_KEY,
  }
}
