import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { inject } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { tokenKeys, type TokenKeys } from '#core/platform/access-token.ts'
import { openDatabase } from '#core/platform/database.ts'
import { ports } from '#start/data/ports.ts'
import { identity } from '#start/process/identity.ts'
import { readRunning } from '#start/process/running.ts'
import { supervisor } from '#start/process/supervisor.ts'
import { server, type Environment } from '#start/servers.ts'
import { addressesOf, freshDatabase } from '#tests/support/database.ts'

const CONNECTIONS_MAX = 10
const STATEMENT_LIMIT_MS = 10_000
const LAST_WORDS_LINES = 40

const SERVERS = ['api', 'collab', 'worker'] as const
const COMPONENTS = ['temporal', 'redis', 'postgres'] as const
type Ports = Readonly<Record<(typeof SERVERS)[number], number>>
type Victim = (typeof SERVERS | typeof COMPONENTS)[number]

/** The whole product as processes of its own, kept alive as `npm start` keeps it. */
export interface Installation {
  readonly url: string
  readonly keys: TokenKeys
  readonly database: Knex
  readonly taskQueue: string
  readonly automationQueue: string
  readonly commandKey: string
  /** Ends a process at once, in the middle of whatever it does; it is started again. */
  kill(victim: Victim): void
  /** Stops a process for a while: its connections stay open, but nobody answers. */
  hang(victim: Victim, forMs: number): Promise<void>
  /** What the servers have said last, for whoever has to find out what went wrong. */
  lastWords(): string
  stop(): Promise<void>
}

export async function anInstallation(): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'projectflow-chaos-'))
  const fresh = await freshDatabase()
  const port = await ports(folder, SERVERS)
  const environment = settings(fresh.url, port, folder)
  const database = openDatabase({
    url: fresh.url,
    name: 'chaos',
    connectionsMax: CONNECTIONS_MAX,
    statementLimitMs: STATEMENT_LIMIT_MS,
  })
  const servers = startServers(folder, environment, port)
  async function stop(): Promise<void> {
    await servers.stop()
    await database.destroy()
    await fresh.drop()
    rmSync(folder, { recursive: true, force: true })
  }
  await servers.up.catch(async (error: unknown) => {
    await stop()
    throw error
  })
  return {
    url: `http://127.0.0.1:${port.api}`,
    keys: tokenKeys(environment['AUTH_KEY']!),
    database,
    taskQueue: environment['CARD_ACTIONS_QUEUE']!,
    automationQueue: environment['AUTOMATION_QUEUE']!,
    commandKey: environment['COMMAND_KEY']!,
    kill: (victim) => servers.signal(victim, 'SIGKILL'),
    async hang(victim, forMs) {
      servers.signal(victim, 'SIGSTOP')
      await sleep(forMs)
      servers.signal(victim, 'SIGCONT')
    },
    lastWords: servers.lastWords,
    stop,
  }
}

function startServers(folder: string, environment: Environment, port: Ports) {
  const file = join(folder, 'running.json')
  const logOf = (name: string) => join(folder, `${name}.log`)
  const { keep, stop } = supervisor({
    file,
    stopOrder: SERVERS,
    say: (line) => console.log(line),
    giveUp: (why) => console.error(why.message),
  })
  const up = SERVERS.map((name) =>
    keep(server({ name, port: port[name], environment, log: logOf(name) })),
  )
  return {
    up: Promise.all(up),
    stop,
    lastWords: () => SERVERS.map((name) => `${name}:\n${endOf(logOf(name))}`).join('\n'),
    signal(victim: Victim, name: NodeJS.Signals) {
      const isServer = SERVERS.some((each) => each === victim)
      process.kill(pidOf(isServer ? file : inject('runningFile'), victim), name)
    },
  }
}

function settings(databaseUrl: string, port: Ports, folder: string): Environment {
  return {
    NODE_ENV: 'test',
    PORT: String(port.api),
    COLLAB_PORT: String(port.collab),
    WORKER_PORT: String(port.worker),
    ...addressesOf(databaseUrl),
    FILES_URL: pathToFileURL(join(folder, 'files')).href,
    REDIS_URL: inject('redisUrl'),
    REDIS_PREFIX: newId(),
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    CARD_ACTIONS_QUEUE: `card-actions-${newId()}`,
    AUTOMATION_QUEUE: `automation-${newId()}`,
    AUTH_KEY: randomBytes(32).toString('base64url'),
    COMMAND_KEY: randomBytes(32).toString('base64url'),
    MASTER_KEY: randomBytes(32).toString('base64url'),
    AUDIT_KEY: randomBytes(32).toString('base64url'),
    // Where servers of tests are.
    EGRESS_OPEN_NETWORKS: '127.0.0.0/8',
    LOG_LEVEL: 'info',
  }
}

/** The process itself, not its group: what it leaves behind is part of the fault. */
function pidOf(file: string, victim: Victim): number {
  const group = readRunning(file)?.groups.find(({ name }) => name === victim)
  if (!group || identity(group.pid) !== group.born) throw new Error(`${victim} does not run.`)
  return group.pid
}

function endOf(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LAST_WORDS_LINES).join('\n')
}
