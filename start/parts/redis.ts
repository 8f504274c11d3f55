import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Component } from '../process/component.ts'
import { onPath } from '../process/on-path.ts'
import { progress } from '../say.ts'
import type { Packages } from './install.ts'
import { install } from './install.ts'
import type { Part } from './part.ts'
import { withoutPassword } from './part.ts'

export const REDIS_PACKAGES: Packages = { apt: 'redis-server', brew: 'redis' }

const ANSWER_LIMIT_MS = 1_000
/** Loading a large append-only file takes a while. */
const READY_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 10_000

/** Redis of REDIS_URL, or redis-server of the machine, installed when it is missing. */
export async function redis(folder: string, port: number): Promise<Part> {
  const given = process.env['REDIS_URL']
  if (given) return { address: given, chosen: `REDIS_URL, ${withoutPassword(given)}` }
  if (!onPath('redis-server')) {
    await progress('installing redis-server', () => install(REDIS_PACKAGES))
  }
  const component = redisServer(folder, port)
  return {
    address: `redis://127.0.0.1:${port}`,
    chosen: `${component.command} at 127.0.0.1:${port}`,
    component,
  }
}

/** A redis-server that loses at most the last second and never throws a job away. */
function redisServer(folder: string, port: number): Component {
  const data = join(folder, 'redis')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    dir: data,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction',
    daemonize: 'no',
  }
  return {
    name: 'redis',
    command: onPath('redis-server') ?? 'redis-server',
    args: Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]),
    ready: () => ping(port),
    readyLimitMs: READY_LIMIT_MS,
    stopSignal: 'SIGTERM',
    stopLimitMs: STOP_LIMIT_MS,
    log: join(folder, 'logs', 'redis.log'),
  }
}

/** Rejects while Redis does not listen, or still loads its file. */
async function ping(port: number): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.setTimeout(ANSWER_LIMIT_MS, () => socket.destroy(new Error('Redis does not answer.')))
  try {
    socket.write('PING\r\n')
    const [answer] = (await once(socket, 'data')) as [Buffer]
    if (!answer.toString().startsWith('+PONG')) throw new Error(`Redis says ${answer.toString()}`)
  } finally {
    socket.destroy()
  }
}
