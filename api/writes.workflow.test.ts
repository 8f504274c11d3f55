import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { signToken } from '#core/platform/access-token.ts'
import { cardActionsWorker } from '#engine/card-actions-worker.ts'
import { anApi, type Request } from '#tests/support/api.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { waiting } from '#tests/support/waiting.ts'

/** Until the server has noticed that a socket was closed. */
const GONE_WITHIN_MS = 100

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard

beforeAll(async () => {
  api = await anApi()
  const { config, redis, engine, log } = api.parts
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
  }
})

beforeEach(async () => {
  board = await aBoard(api.database, { columns: ['To do', 'Done'] })
})

const ask = (method: string, path: string, body?: unknown, more: Request = {}) =>
  api.call(method, `/api/v1${path}`, { as: board.ownerId, body, ...more })

test('a card is made, edited and moved, and its board and history show it', async () => {
  const cards = `/boards/${board.boardId}/cards`
  const made = await ask('POST', cards, { columnId: board.columns['To do'], title: 'Fix login' })
  expect(made.status).toBe(201)
  const { id } = made.body.card

  const edited = await ask('PATCH', `/cards/${id}`, { baseVersion: 1, changes: { points: 3 } })
  const moved = await ask('POST', `/cards/${id}/move`, { columnId: board.columns['Done'] })
  expect([edited.status, moved.status]).toEqual([200, 200])
  expect(moved.body.offsets).toEqual({ [board.boardId]: 3 })

  const shown = await ask('GET', `/boards/${board.boardId}`)
  const history = await ask('GET', `/cards/${id}/history`)
  expect(shown.body.offset).toBe(3)
  expect(shown.body.cards).toEqual([moved.body.card])
  expect(history.body.items.map(({ type }: { type: string }) => type)).toEqual([
    'card.moved',
    'card.edited',
    'card.created',
  ])
  expect(history.body.items[0].workflow.url).toContain('/namespaces/default/workflows/card-actions')
})

test('ASVS line 33: the same key gives the same answer and changes nothing twice, and another body is refused', async () => {
  const key = { headers: { 'idempotency-key': newId() } }
  const path = `/boards/${board.boardId}/cards`
  const body = { columnId: board.columns['To do'], title: 'Once' }

  const first = await ask('POST', path, body, key)
  const again = await ask('POST', path, body, key)
  const other = await ask('POST', path, { ...body, title: 'Twice' }, key)

  expect(again.status).toBe(201)
  expect(again.body).toEqual(first.body)
  expect(other.status).toBe(422)
  expect(other.body.error.code).toBe('command.key_reused')
  const shown = await ask('GET', `/boards/${board.boardId}`)
  expect(shown.body.cards).toHaveLength(1)
})

test('who would rather not wait is told where to ask, and there what became of it', async () => {
  const cardId = await aCard(api.database, board)
  const key = newId()
  const headers = { prefer: 'respond-async', 'idempotency-key': key }
  const body = { columnId: board.columns['Done'] }

  const queued = await ask('POST', `/cards/${cardId}/move`, body, { headers })

  expect(queued.status).toBe(202)
  expect(queued.body).toEqual({ job_id: key, status: 'queued' })
  await expect
    .poll(async () => (await ask('GET', `/jobs/${key}`)).body, { timeout: 5_000 })
    .toMatchObject({ jobId: key, status: 'done', result: { card: { id: cardId } } })
})

test('ASVS line 33: a conflict is told with the same details to who did not wait for it', async () => {
  const cardId = await aCard(api.database, board)
  await ask('PATCH', `/cards/${cardId}`, { baseVersion: 1, changes: { points: 3 } })
  const edit = { baseVersion: 1, changes: { points: 5 } }
  const { body } = await ask('PATCH', `/cards/${cardId}`, edit)
  const headers = { prefer: 'respond-async', 'idempotency-key': newId() }
  await ask('PATCH', `/cards/${cardId}`, edit, { headers })

  const { code, message, details } = body.error
  expect(details).toEqual({ version: 2, fields: { points: 3 } })
  await expect
    .poll(async () => (await ask('GET', `/jobs/${headers['idempotency-key']}`)).body)
    .toMatchObject({ status: 'refused', error: { code, message, details } })
})

test('a job is known to nobody but who asked for it', async () => {
  const cardId = await aCard(api.database, board)
  const { body } = await ask('POST', `/cards/${cardId}/archive`)
  const member = await aMember(api.database, board, 'member')

  const own = await ask('GET', `/jobs/${body.commandId}`)
  const others = await ask('GET', `/jobs/${body.commandId}`, undefined, { as: member })

  expect(own.body.status).toBe('done')
  expect(others.status).toBe(404)
})

test('a refusal of the action is told with its code and its status', async () => {
  const cardId = await aCard(api.database, board, { row: { archived_at: new Date() } })

  const { status, body } = await ask('POST', `/cards/${cardId}/archive`)

  expect(status).toBe(409)
  expect(body.error.code).toBe('card.archived')
})

test('a viewer may look and nothing else, and only admins change projects', async () => {
  const cardId = await aCard(api.database, board)
  const viewer = { as: await aMember(api.database, board, 'viewer') }
  const member = { as: await aMember(api.database, board, 'member') }

  const moved = await ask('POST', `/cards/${cardId}/archive`, undefined, viewer)
  const renamed = await ask('PATCH', `/projects/${board.projectId}`, { name: 'Mine' }, member)

  expect(moved.status).toBe(403)
  expect(moved.body.error).toMatchObject({
    code: 'permission.denied',
    details: { permission: 'card.write' },
  })
  expect(renamed.body.error.code).toBe('permission.denied')
})

test('somebody is assigned and a label put on by their addresses alone', async () => {
  const cardId = await aCard(api.database, board)
  const label = await ask('POST', `/projects/${board.projectId}/labels`, {
    name: 'bug',
    colour: 'red',
  })
  const labelId = label.body.label.id

  await ask('PUT', `/cards/${cardId}/assignees/${board.ownerId}`)
  const labelled = await ask('PUT', `/cards/${cardId}/labels/${labelId}`)

  expect(labelled.body.card).toMatchObject({ assignees: [board.ownerId], labels: [labelId] })
  const taken = await ask('DELETE', `/cards/${cardId}/labels/${labelId}`)
  expect(taken.body.card).not.toHaveProperty('labels')
})

test('an action is taken back, alone and with its whole gesture', async () => {
  const ids = [await aCard(api.database, board), await aCard(api.database, board)]
  const gesture = { headers: { 'gesture-id': newId() } }
  for (const id of ids) await ask('POST', `/cards/${id}/archive`, undefined, gesture)

  const undone = await ask('POST', '/undo', { gestureId: gesture.headers['gesture-id'] })

  expect(undone.body.undone).toHaveLength(2)
  const shown = await ask('GET', `/boards/${board.boardId}`)
  expect(shown.body.cards).toHaveLength(2)
  const unknown = await ask('POST', '/undo', { commandId: newId() })
  expect(unknown.body.error.code).toBe('undo.not_found')
})

test('a command larger than the engine takes is refused before it', async () => {
  const cardId = await aCard(api.database, board)
  const changes = { description: '語'.repeat(50_000) }

  const { status, body } = await ask('PATCH', `/cards/${cardId}`, { baseVersion: 1, changes })

  expect(status).toBe(413)
  expect(body.error.code).toBe('command.too_large')
})

test('who brings no key is told the one that was made, also with a refusal', async () => {
  const cardId = await aCard(api.database, board)
  const archive = async (key?: string | null) =>
    await ask('POST', `/cards/${cardId}/archive`, undefined, {
      headers: key ? { 'idempotency-key': key } : {},
    })
  const first = await archive()
  const refused = await archive()

  const keys = [first, refused].map(({ headers }) => headers.get('idempotency-key'))
  expect(refused.body.error.code).toBe('card.archived')
  expect(keys[0]).toBe(first.body.commandId)
  expect((await archive(keys[0])).body).toEqual(first.body)
  expect((await archive(keys[1])).body.error.code).toBe('card.archived')
})

test('an action of somebody who has hung up meanwhile is done all the same', async () => {
  const cardId = await aCard(api.database, board)
  const hold = await api.database.transaction()
  await hold.raw('lock table cards')
  const hangUp = new AbortController()
  const asked = fetch(`${api.url}/api/v1/cards/${cardId}/archive`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await signToken(api.parts.keys, 'api', board.ownerId)}` },
    signal: hangUp.signal,
  })
  await expect.poll(async () => await waiting(api.database)).toBe(1)
  hangUp.abort()
  await expect(asked).rejects.toThrow('aborted')
  await sleep(GONE_WITHIN_MS)
  await hold.rollback()

  const lines = async () => await api.database('audit_log').where({ target_id: cardId })
  await expect.poll(lines).toMatchObject([{ decision: 'allowed', ip: '127.0.0.1' }])
})
