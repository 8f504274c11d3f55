import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import pg from 'pg'
import { beforeEach, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { asNobodySpecial } from '#start/parts/as-nobody-special.ts'
import { findPostgres } from '#start/parts/postgres.ts'
import { temporalBinary } from '#start/parts/temporal-binary.ts'
import { run } from '#start/process/run.ts'
import { freePort } from '#tests/support/free-port.ts'

// What docker-compose.yml has other people's images do, done by the real programs of this machine.
const WAIT = { timeout: 30_000, interval: 200 }
const LIMIT_MS = 30_000
const PASSWORD = 'onlyfortests'

const { services } = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true })

let folder: string
let port: string
const running: ChildProcess[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'projectflow-compose-'))
  port = String(await freePort())
  return async () => {
    await Promise.all(running.splice(0).map(end))
    rmSync(folder, { recursive: true })
  }
})

test('redis takes its command line, wants the password and is well by its health check', async () => {
  const [confFile, passwordFile] = [join(folder, 'redis_conf'), join(folder, 'redis_password')]
  writeFileSync(confFile, `requirepass ${PASSWORD}\n`)
  writeFileSync(passwordFile, `${PASSWORD}\n`)
  const here = (word: string) =>
    word
      .replace('/run/secrets/redis_conf', confFile)
      .replace('/run/secrets/redis_password', passwordFile)
      .replaceAll('$$', '$')
      .replace('redis-cli', `redis-cli -p ${port}`)
  const [command, ...args] = services.redis.command.map(here)
  keep(command!, [...args, '--port', port, '--dir', folder])
  const ask = (...words: string[]) =>
    spawnSync('redis-cli', ['-p', port, ...words], {
      env: { ...process.env, REDISCLI_AUTH: PASSWORD },
      encoding: 'utf8',
    }).stdout.trim()

  const [shell, check] = services.redis.healthcheck.test
  expect(shell).toBe('CMD-SHELL')
  const isWell = () => spawnSync('sh', ['-c', here(check)]).status === 0
  await vi.waitFor(() => expect(isWell()).toBe(true), WAIT)

  expect(ask('config', 'get', 'appendonly')).toContain('yes')
  expect(ask('config', 'get', 'maxmemory-policy')).toContain('noeviction')
  const stranger = spawnSync('redis-cli', ['-p', port, 'ping'], { encoding: 'utf8' })
  expect(stranger.stdout).toContain('NOAUTH')
})

test('postgres takes its command line, and gives Temporal a role that makes its databases', async () => {
  await postgresUp(services.postgres)
  const as = (user: string) => `postgres://${user}:${PASSWORD}@127.0.0.1:${port}/postgres`
  await vi.waitFor(async () => query(as('projectflow'), 'select 1'), WAIT)

  const [, sql] = /<<'SQL'\n(.*)\nSQL/s.exec(
    readFileSync('deploy/postgres/temporal-role.sh', 'utf8'),
  )!
  await query(as('projectflow'), sql!.replace(":'password'", `'${PASSWORD}'`))

  await query(as('temporal'), 'create database temporal')
  expect(await query(as('temporal'), 'show max_connections')).toEqual([{ max_connections: '200' }])
  await expect(query(as('temporal'), 'create role more')).rejects.toThrow('permission denied')
})

test('namespace.sh makes the namespace and what it is searched by, and then changes nothing', async () => {
  const binary = await temporalBinary()
  keep(binary, ['server', 'start-dev', '--headless', '--ip=127.0.0.1', `--port=${port}`])
  const environment = {
    PATH: [dirname(binary), process.env['PATH']].join(delimiter),
    TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
    TEMPORAL_NAMESPACE: 'projectflow',
  }
  const script = async () =>
    await run('sh', ['deploy/temporal/namespace.sh'], { env: environment, limitMs: LIMIT_MS })

  const first = await script()
  const second = await script()

  expect(first.match(/Search attribute \w+ .*added|have been added/g)).toHaveLength(8)
  expect(second).not.toContain('added')
  const temporal = (...words: string[]) => {
    const args = ['operator', ...words, '--namespace=projectflow']
    return run(binary, args, { env: environment, limitMs: LIMIT_MS })
  }
  expect(await temporal('namespace', 'describe')).toMatch(/RetentionTtl\s+720h/)
  const attributes = await temporal('search-attribute', 'list')
  const lists = ['BoardIds', 'ActorIds', 'CardIds']
  for (const name of lists) expect(attributes).toMatch(new RegExp(`${name}\\s+KeywordList`))
  const words = ['WorkspaceId', 'ActionType', 'FlowId', 'RunStatus']
  for (const name of words) expect(attributes).toMatch(new RegExp(`${name}\\s+Keyword\\s`))
  expect(attributes).toMatch(/FlowVersion\s+Int/)
})

/** A cluster as the image makes it, and the server as the file starts it. */
async function postgresUp({ command, environment }: typeof services.postgres): Promise<void> {
  const postgres = (await findPostgres())!
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, PASSWORD)
  const made = await asNobodySpecial(join(dirname(postgres), 'initdb'), [
    ...environment.POSTGRES_INITDB_ARGS.split(' '),
    `--username=${environment.POSTGRES_USER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    `--pgdata=${data}`,
  ])
  await run(made.command, made.args, { limitMs: LIMIT_MS })
  const here = ['-D', data, '-p', port, '-c', 'unix_socket_directories=']
  const server = await asNobodySpecial(postgres, [...command.slice(1), ...here])
  keep(server.command, server.args)
}

/** Runs a server for as long as the test takes. */
function keep(command: string, args: readonly string[]): void {
  running.push(spawn(command, args, { stdio: 'ignore' }))
}

async function end(server: ChildProcess): Promise<void> {
  const gone = once(server, 'exit')
  if (server.exitCode === null && server.kill('SIGINT')) await gone
}

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
