import type Koa from 'koa'
import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inject } from 'vitest'
import { makeApp } from '#api/app.ts'
import type { Parts } from '#api/parts.ts'
import { openOidc } from '#api/oidc-issuer.ts'
import { openQueuesBoard } from '#api/queues-board.ts'
import { Ears } from '#api/streams/ears.ts'
import { EndedSessions } from '#activities/auth/ended-sessions.ts'
import { openScanner } from '#activities/files/scanners/open-scanner.ts'
import { openStore } from '#activities/files/stores/open-store.ts'
import { openMailQueue } from '#activities/mail-queue.ts'
import { newId } from '#core/kernel/ids.ts'
import { signToken, tokenKeys } from '#core/platform/access-token.ts'
import { readConfig, type Config } from '#core/platform/config.ts'
import { openDatabase } from '#core/platform/database.ts'
import { makeLog } from '#core/platform/log.ts'
import { openRedis } from '#core/platform/redis.ts'
import { ActionEngine } from '#engine/client.ts'
import { commandCanceller } from '#engine/card-actions-worker.ts'
import { connectEngine, engineClient } from '#engine/connect.ts'
import { dataConverter } from '#engine/data-converter.ts'
import { RunControl } from '#engine/run-control.ts'
import { freshDatabase } from './database.ts'
import { ownFolder } from './own-folder.ts'

const CONNECTIONS_MAX = 8
const STATEMENT_LIMIT_MS = 3_000

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** Parsed where it is JSON; else the text. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says by its use what it expects.
  readonly body: any
}

export interface Request {
  readonly as?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const isAsItIs = (body: unknown): body is string | Uint8Array<ArrayBuffer> =>
  typeof body === 'string' || body instanceof Uint8Array

/** A client of the API at an address: `call('GET', '/api/v1/me', { as: userId })`. */
export function caller(url: string, parts: Pick<Parts, 'keys'>) {
  return async (method: string, path: string, request: Request = {}): Promise<Answer> => {
    const { as, body, headers } = request
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        'x-requested-with': 'test',
        ...(as && { authorization: `Bearer ${await signToken(parts.keys, 'api', as)}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isAsItIs(body) ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text ? JSON.parse(text) : text,
    }
  }
}

/** Settings as a process gets them, for the components of this test run. */
export function aConfig(more: Record<string, string> = {}): Config {
  return readConfig({
    NODE_ENV: 'test',
    REDIS_URL: inject('redisUrl'),
    REDIS_PREFIX: newId(),
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    CARD_ACTIONS_QUEUE: `card-actions-${newId()}`,
    AUTH_KEY: randomBytes(32).toString('base64url'),
    COMMAND_KEY: randomBytes(32).toString('base64url'),
    MASTER_KEY: randomBytes(32).toString('base64url'),
    AUDIT_KEY: randomBytes(32).toString('base64url'),
    LOG_LEVEL: 'silent',
    ...more,
  })
}

/** The app on a port of its own; `close` also ends connections that are kept alive. */
export async function served(app: Koa): Promise<{ url: string; server: Server }> {
  const callback = app.callback()
  const server = createServer((request, response) => void callback(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

/** The API on a database of its own. No worker runs beside it, so actions are only accepted. */
export async function anApi(more: Record<string, string> = {}) {
  const fresh = await freshDatabase()
  const folder = await ownFolder()
  const config = aConfig({ FILES_URL: folder.url, ...more })
  const open = (url: string) =>
    openDatabase({
      url,
      name: 'test',
      connectionsMax: CONNECTIONS_MAX,
      statementLimitMs: STATEMENT_LIMIT_MS,
    })
  const owner = open(fresh.url)
  const database = open(fresh.urlOf('api'))
  const actions = open(fresh.urlOf('actions'))
  const redis = openRedis(config.REDIS_URL)
  const log = makeLog('test', config.LOG_LEVEL)
  const connection = await connectEngine(config.TEMPORAL_ADDRESS)
  const client = engineClient(connection, config.TEMPORAL_NAMESPACE, dataConverter(config))
  const engine = new ActionEngine({
    client,
    taskQueue: config.CARD_ACTIONS_QUEUE,
    cancel: commandCanceller({ database: actions, log }),
    database,
    redis,
    redisPrefix: config.REDIS_PREFIX,
    log,
  })
  const queuesBoard = openQueuesBoard(config)
  const mail = openMailQueue(config)
  const ears = new Ears(config.REDIS_URL, log)
  const files = { store: openStore(config), scanner: openScanner(config.CLAMD_ADDRESS) }
  const keys = tokenKeys(config.AUTH_KEY)
  const endedSessions = new EndedSessions(database)
  const runs = new RunControl(client, {
    taskQueue: config.AUTOMATION_QUEUE,
    commandKey: config.COMMAND_KEY,
    publicUrl: config.PUBLIC_URL,
  })
  const known = { config, log, keys, endedSessions, oidc: openOidc(config, log) }
  const parts: Parts = {
    ...known,
    database,
    redis,
    engine,
    runs,
    queuesBoard,
    ears,
    files,
    mail,
    probes: {},
  }
  const { url, server } = await served(await makeApp(parts))
  return {
    url,
    urlOf: fresh.urlOf,
    parts,
    /** Where files are kept. */
    folder: folder.path,
    /** As the owner; the API itself logs in as it does everywhere. */
    database: owner,
    /** As the card actions log in. */
    actions,
    connection,
    client,
    call: caller(url, parts),
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await queuesBoard.close()
      await mail.close()
      await connection.close()
      ears.stop()
      redis.disconnect()
      await Promise.all([owner, database, actions].map((each) => each.destroy()))
      await fresh.drop()
      await folder.remove()
    },
  }
}
