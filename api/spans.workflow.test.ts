import { pino } from 'pino'
import { beforeAll, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { openDatabase } from '#core/platform/database.ts'
import { startTracing } from '#core/platform/tracing.ts'
import { hashPassword } from '#activities/auth/password.ts'
import { cardActionsWorker } from '#engine/card-actions-worker.ts'
import { engineClient } from '#engine/connect.ts'
import { anApi, caller, served, type Answer } from '#tests/support/api.ts'
import { aBoard, aMember } from '#tests/support/fixtures.ts'
import { aSpanCollector } from '#tests/support/span-collector.ts'
import { makeApp } from './app.ts'

/** Spans are sent every 2 s. */
const SENT = { timeout: 10_000 }
const SERVER = 2
const FAILED = 2

let api: Awaited<ReturnType<typeof anApi>>
let collector: Awaited<ReturnType<typeof aSpanCollector>>

beforeAll(async () => {
  collector = await aSpanCollector()
  api = await anApi({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
  const { config, redis, engine, log } = api.parts
  const tracing = await startTracing(config, 'projectflow-api', log)
  const worker = await cardActionsWorker({
    connection: api.connection,
    namespace: config.TEMPORAL_NAMESPACE,
    dataConverter: {},
    taskQueue: config.CARD_ACTIONS_QUEUE,
    database: api.actions,
    redis,
    redisPrefix: config.REDIS_PREFIX,
    commandKey: config.COMMAND_KEY,
    log,
    onApplied: ({ answers }) => engine.applied(answers),
  })
  const running = worker.run()
  return async () => {
    worker.shutdown()
    await running
    await api.stop()
    await tracing.stop()
    await collector.stop()
  }
})

const idOf = ({ headers }: Answer) => headers.get('x-request-id')!

/** The span of a request, once it has come. */
async function spanOf(answer: Answer) {
  const find = () =>
    collector.spans.find(({ attributes }) => attributes['projectflow.request_id'] === idOf(answer))
  await expect.poll(find, SENT).toBeDefined()
  return find()!
}

/** The span of the batch that did what a request asked for, once it has come. */
async function batchOf(answer: Answer) {
  const find = () =>
    collector.spans.find(({ attributes }) =>
      [attributes['projectflow.request_ids']].flat().includes(idOf(answer)),
    )
  await expect.poll(find, SENT).toBeDefined()
  return find()!
}

test('one id leads from the answer to the span of the request, its batch and its workflow', async () => {
  const board = await aBoard(api.database)
  const path = `/api/v1/boards/${board.boardId}/cards`
  const body = { columnId: board.columns['To do'], title: 'Fix login' }
  const answer = await api.call('POST', path, { as: board.ownerId, body })
  expect(answer.status).toBe(201)

  const request = await spanOf(answer)
  const batch = await batchOf(answer)

  expect(request).toMatchObject({
    service: 'projectflow-api',
    name: 'POST /api/v1/boards/:boardId/cards',
    kind: SERVER,
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/api/v1/boards/:boardId/cards',
      'http.response.status_code': 201,
      'user.id': board.ownerId,
      'projectflow.board_id': board.boardId,
    },
  })
  expect(batch).toMatchObject({
    name: 'applyBatch',
    traceId: request.traceId,
    parentSpanId: request.spanId,
    attributes: {
      'projectflow.workspace_id': board.workspaceId,
      'projectflow.commands': 1,
      'projectflow.actions': ['card.create'],
    },
  })
  const client = engineClient(api.connection, api.parts.config.TEMPORAL_NAMESPACE, {})
  const workflowId = String(batch.attributes['projectflow.workflow_id'])
  const { memo } = await client.workflow.getHandle(workflowId).describe()
  expect(memo).toEqual({ requestIds: [idOf(answer)] })
})

test('a request that failed has its id in the span and in the log', async () => {
  const logged: string[] = []
  const log = pino({}, { write: (line: string) => void logged.push(line) })
  const database = openDatabase({
    url: 'postgres://127.0.0.1:1/nowhere',
    name: 'test',
    connectionsMax: 1,
    statementLimitMs: 1_000,
  })
  const { url, server } = await served(await makeApp({ ...api.parts, database, log }))
  const answer = await caller(url, api.parts)('GET', '/api/v1/me', { as: newId() })
  server.closeAllConnections()
  server.close()
  await database.destroy()

  const span = await spanOf(answer)
  expect(span).toMatchObject({ name: 'GET /api/v1/me', status: { code: FAILED } })
  expect(span.attributes['error.type']).toBe('503')
  expect(logged.map((line) => JSON.parse(line).requestId)).toEqual([idOf(answer)])
})

test('a request is below the caller’s span when its traceparent is well-formed, and else below none', async () => {
  const [traceId, spanId] = ['a'.repeat(32), 'b'.repeat(16)]
  const asked = async (traceparent: string) => {
    const headers = { traceparent, tracestate: 'planted=state' }
    return await api.call('GET', '/openapi.json', { headers })
  }
  const below = await asked(`00-${traceId}-${spanId}-00`)
  const others = [
    await asked(`00-${traceId}-${spanId}-01-more`),
    await asked(`00-${'0'.repeat(32)}-${spanId}-01`),
    await asked(`00-${traceId.slice(1)}'-${spanId}-01`),
    await asked(''),
  ]

  expect(await spanOf(below)).toMatchObject({
    name: 'GET /openapi.json',
    traceId,
    parentSpanId: spanId,
  })
  for (const answer of others) {
    const span = await spanOf(answer)
    expect(span.parentSpanId).toBeUndefined()
    expect(span.traceId).not.toBe(traceId)
  }
  expect(collector.raw()).not.toContain('planted')
})

test('whoever asks whether the process is well makes no spans', async () => {
  const probes = ['/health', '/ready', '/metrics']
  for (const path of probes) expect((await api.call('GET', path)).status).toBe(200)
  await spanOf(await api.call('GET', '/openapi.json'))
  const routes = collector.spans.map(({ attributes }) => attributes['http.route'])
  expect(routes.filter((route) => probes.includes(String(route)))).toEqual([])
})

test('ASVS line 46: no token, password, address, text or query of a request stands in a span', async () => {
  const planted = (what: string) => `secret-${what}-${newId()}`
  const [password, title, query, inPath] = ['password', 'title', 'query', 'path'].map(planted)
  const email = `${planted('mail')}@example.com`
  const board = await aBoard(api.database)
  const as = await aMember(api.database, board, 'member', {
    email,
    passwordHash: await hashPassword(password!),
  })
  const login = await api.call('POST', '/api/v1/auth/login', { body: { email, password } })
  expect(login.status).toBe(200)
  const path = `/api/v1/boards/${board.boardId}/cards`
  const body = { columnId: board.columns['To do'], title }
  const headers = { authorization: `Bearer ${login.body.accessToken}` }
  const made = await api.call('POST', path, { headers, body })
  expect(made.status).toBe(201)
  const answers = [
    login,
    made,
    await api.call('POST', '/api/v1/auth/login', { body: { email, password: `${password}x` } }),
    await api.call('GET', `/api/v1/me?token=${query}`, { as }),
    await api.call('GET', `/api/v1/boards/${inPath}`, { as }),
    await api.call('GET', `/${inPath}?token=${query}`),
    await api.call('GET', '/api/v1/me', { headers: { authorization: `Bearer ${query}` } }),
  ]

  for (const answer of answers) await spanOf(answer)
  await batchOf(made)

  const cookies = login.headers.getSetCookie().map((cookie) => /=([^;]*)/.exec(cookie)![1]!)
  const hidden = [password!, email, title!, query!, inPath!, login.body.accessToken, ...cookies]
  expect(hidden.filter((text) => text !== '' && collector.raw().includes(text))).toEqual([])
})
