import type { ChildProcess } from 'node:child_process'
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, expect, inject, onTestFinished, test, vi } from 'vitest'
import { parse } from 'yaml'
import { ports } from '#start/data/ports.ts'
import { addressesOf, freshDatabase } from '../support/database.ts'

// Every command of our image in docker-compose.yml, run here with the variables it has there and
// the real components of this run.
const RUN_LIMIT_MS = 30_000
const WAIT = { timeout: 60_000, interval: 200 }
const STOP_LIMIT_MS = 10_000
const ENTRYPOINT = 'deploy/entrypoint.sh'
const SERVERS = { worker: 'WORKER_PORT', collab: 'COLLAB_PORT', api: 'PORT' } as const

const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true })
const services: { build?: string; command?: string[]; environment: Record<string, string> }[] =
  Object.values(compose.services)
const ours = services.filter(({ build }) => build)
const variables = [...new Set(ours.flatMap(({ environment }) => Object.keys(environment)))]

let environment: NodeJS.ProcessEnv

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'projectflow-containers-'))
  const { web, collab, worker } = await ports(folder, ['web', 'collab', 'worker'])
  const { url, drop } = await freshDatabase()
  const here: Record<string, string> = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    COLLAB_HOST: '127.0.0.1',
    ...addressesOf(url),
    REDIS_URL: inject('redisUrl'),
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    TEMPORAL_UI_ADDRESS: 'http://127.0.0.1:8233',
    PUBLIC_URL: 'http://127.0.0.1:3000',
    MAIL_FROM: 'projectflow@example.com',
    SMTP_URL: 'smtp://127.0.0.1:25',
    OIDC_ISSUER: '',
    OIDC_CLIENT_ID: '',
    OIDC_CLIENT_SECRET: 'none',
    OIDC_NAME: '',
    EGRESS_OPEN_NETWORKS: '',
    OTEL_EXPORTER_OTLP_ENDPOINT: '',
    OTEL_EXPORTER_OTLP_HEADERS: 'none',
    AUTH_KEY: randomBytes(32).toString('base64url'),
    COMMAND_KEY: randomBytes(32).toString('base64url'),
    MASTER_KEY: randomBytes(32).toString('base64url'),
    AUDIT_KEY: randomBytes(32).toString('base64url'),
    LOG_LEVEL: 'info',
    FILES_URL: pathToFileURL(folder).href,
    S3_ACCESS_KEY_ID: '',
    S3_SECRET_ACCESS_KEY: 'none',
    CLAMD_ADDRESS: 'none',
    SEAL_PAYLOADS: '1',
    SIGN_UP: 'closed',
    TRUSTED_PROXIES: '0',
  }
  const secrets = mkdtempSync(join(tmpdir(), 'projectflow-secrets-'))
  const valueOf = (name: string) => {
    const secret = here[name.replace(/_FILE$/, '')]
    if (!name.endsWith('_FILE') || secret === undefined) return secret
    writeFileSync(join(secrets, name), `${secret}\n`)
    return join(secrets, name)
  }
  const unknown = variables.filter((name) => valueOf(name) === undefined)
  if (unknown.length > 0) throw new Error(`This test has to learn about ${unknown.join(', ')}.`)
  environment = {
    ...Object.fromEntries(variables.map((name) => [name, valueOf(name)])),
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    // Each container has its ports to itself; here they share one machine.
    PORT: String(web),
    COLLAB_PORT: String(collab),
    WORKER_PORT: String(worker),
  }
  return async () => {
    rmSync(secrets, { recursive: true })
    rmSync(folder, { recursive: true })
    await drop()
  }
})

test('the image runs exactly the commands of the file', () => {
  const commands = ours.flatMap(({ command }) => command ?? [])
  expect(commands.toSorted()).toEqual([...Object.keys(SERVERS), 'migrate'].toSorted())
  expect(readFileSync('Dockerfile', 'utf8')).toContain(`ENTRYPOINT ["${ENTRYPOINT}"]`)
})

test('migrate brings the schema up, or says it is', () => {
  const { status, stdout } = runToEnd('migrate')
  expect(stdout).toContain('The schema is up to date.')
  expect(status).toBe(0)
})

test('rotate-keys runs, and finds all as it should be', () => {
  const { status, stdout } = runToEnd('rotate-keys')
  expect(stdout).toContain('Every sealed value is under key')
  expect(status).toBe(0)
})

test('api, collab and worker are healthy together and stop in time', async () => {
  const running = Object.keys(SERVERS).map(start)
  const said = () => running.map(({ output }) => output()).join('\n')

  for (const variable of Object.values(SERVERS)) {
    const port = environment[variable] ?? ''
    const ready = async () => expect((await fetch(`http://127.0.0.1:${port}/ready`)).ok).toBe(true)
    await vi.waitFor(ready, WAIT).catch((cause) => {
      throw new Error(`The one with ${variable} is not ready.\n${said()}`, { cause })
    })
    expect(runToEnd('ready', port).status).toBe(0)
  }

  const started = performance.now()
  for (const { child } of running) child.kill('SIGTERM')
  const codes = await Promise.all(running.map(async ({ child }) => (await once(child, 'exit'))[0]))
  expect(codes, said()).toEqual([0, 0, 0])
  expect(performance.now() - started).toBeLessThan(STOP_LIMIT_MS)
})

test('a word the image does not know ends it', () => {
  expect(runToEnd('pool').status).toBe(64)
})

function start(command: string): { child: ChildProcess; output: () => string } {
  const child = spawn(ENTRYPOINT, [command], { env: environmentOf(command) })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  const take = (text: Buffer) => (output += text.toString())
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  return { child, output: () => output }
}

function runToEnd(...args: string[]) {
  return spawnSync(ENTRYPOINT, args, {
    env: environmentOf(args[0]!),
    encoding: 'utf8',
    timeout: RUN_LIMIT_MS,
  })
}

/** What the container with this command is told; what operators run is told what migrations are. */
function environmentOf(command: string): NodeJS.ProcessEnv {
  const of = (name: string) => ours.find((service) => service.command?.includes(name))
  const told = Object.keys((of(command) ?? of('migrate'))!.environment)
  const names = new Set([...told, 'PATH', ...Object.values(SERVERS)])
  return Object.fromEntries(Object.entries(environment).filter(([name]) => names.has(name)))
}
