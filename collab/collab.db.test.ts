import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { MessageType } from '@hocuspocus/server'
import type { Knex } from 'knex'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { newId } from '#core/kernel/ids.ts'
import { RESUME_EVENTS_MAX } from '#core/kernel/limits.ts'
import { signToken, tokenKeys } from '#core/platform/access-token.ts'
import { openDatabase } from '#core/platform/database.ts'
import { makeLog } from '#core/platform/log.ts'
import { addressed } from '#tests/support/addressed.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { badTokens } from '#tests/support/bad-tokens.ts'
import { aBoard, aMember, aUser, type SomeBoard } from '#tests/support/fixtures.ts'
import { aViewer, type TestViewer } from '#tests/support/viewer.ts'
import { waiting } from '#tests/support/waiting.ts'
import { startCollab, type Collab } from './collab.ts'

const AUTH_KEY = randomBytes(32).toString('base64url')
const keys = tokenKeys(AUTH_KEY)
const REDIS_PREFIX = `collab-${newId()}`
/** Until collab has heard where a viewer left off. */
const RESUMED_WITHIN_MS = 200
const log = makeLog('collab-test', 'silent')
const settings = () => ({
  HOST: '127.0.0.1',
  COLLAB_PORT: 0,
  REDIS_URL: inject('redisUrl'),
  REDIS_PREFIX,
  AUTH_KEY,
})

let database: Knex
/** As collab logs in everywhere. */
let own: Knex
let redis: Redis
let collab: Collab
let board: SomeBoard
let epoch: string
const viewers: TestViewer[] = []

beforeAll(async () => {
  const { url, urlOf, drop } = await freshDatabase()
  const limits = { name: 'test', connectionsMax: 5, statementLimitMs: 3_000 }
  database = openDatabase({ ...limits, url })
  own = openDatabase({ ...limits, url: urlOf('collab') })
  redis = new Redis(inject('redisUrl'))
  collab = await startCollab(settings(), own, log)
  return async () => {
    await Promise.all([database.destroy(), own.destroy()])
    await drop()
  }
})
afterAll(async () => {
  await collab.stop()
  redis.disconnect()
})

beforeEach(async () => {
  board = await aBoard(database)
  epoch = await epochOf(board)
})
afterEach(() => {
  for (const viewer of viewers.splice(0)) viewer.leave()
})

async function epochOf({ boardId }: SomeBoard): Promise<string> {
  return (await database('boards').where({ id: boardId }).first('epoch')).epoch
}

/** Writes the next events of a board, all or none, as the engine would; tells nobody. */
async function happened(count = 1, changes: object = {}): Promise<object[]> {
  return await database.transaction(async (trx) => {
    const [counted] = await trx('boards')
      .where({ id: board.boardId })
      .increment('event_seq', count)
      .returning('event_seq')
    const first = counted.event_seq - count + 1
    const at = new Date()
    const events = Array.from({ length: count }, (_, index) => anEvent(first + index, at))
    const rows = events.map(({ offset, commandId, type }) => ({
      board_id: board.boardId,
      seq: offset,
      workspace_id: board.workspaceId,
      type,
      actor_id: board.ownerId,
      command_id: commandId,
      body: { reload: true },
      changes,
      created_at: at,
    }))
    await trx.batchInsert('board_events', rows, 500)
    return events
  })
}

const anEvent = (offset: number, at: Date) => ({
  boardId: board.boardId,
  offset,
  type: 'card.move',
  actorId: board.ownerId,
  commandId: newId(),
  at: at.toISOString(),
  reload: true,
})

const tell = (events: object[]) =>
  redis.publish(
    `${REDIS_PREFIX}:board-events`,
    JSON.stringify({ boardId: board.boardId, epoch, events }),
  )

async function view(userId: string, resumeAt?: { epoch: string; offset: number }) {
  const token = await signToken(keys, 'api', userId)
  const viewer = aViewer(collab.port, board.boardId, token, resumeAt)
  viewers.push(viewer)
  return viewer
}

const soon = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 10 })

test('what happens on a board is told to all who look at it, in order', async () => {
  const other = await aMember(database, board, 'viewer')
  const [ann, bob] = [
    await view(board.ownerId, { epoch, offset: 0 }),
    await view(other, { epoch, offset: 0 }),
  ]
  const first = await happened()
  await tell(first)
  await soon(() => expect([ann.offsets(), bob.offsets()]).toEqual([[1], [1]]))

  const second = await happened(3)
  await tell(second)
  await soon(() => expect(ann.offsets()).toEqual([1, 2, 3, 4]))
  expect(ann.events()).toEqual([...first, ...second])
  expect(bob.events()).toEqual(ann.events())
})

test('a hint reaches viewers without a look into Postgres', async () => {
  const ann = await view(board.ownerId, { epoch, offset: 0 })
  await tell(await happened())
  await soon(() => expect(ann.offsets()).toEqual([1]))
  await tell([anEvent(2, new Date())])
  await soon(() => expect(ann.offsets()).toEqual([1, 2]))
})

test('who comes back is told what it missed, and nothing twice', async () => {
  await happened(700)
  const ann = await view(board.ownerId, { epoch, offset: 100 })
  await soon(() => expect(ann.offsets()).toHaveLength(600))
  expect(ann.offsets()).toEqual(Array.from({ length: 600 }, (_, index) => 101 + index))
  expect(ann.messages).toHaveLength(2)
})

test('hints out of order, doubled or lost never show: the order is mended from Postgres', async () => {
  const ann = await view(board.ownerId, { epoch, offset: 0 })
  await tell(await happened())
  await soon(() => expect(ann.offsets()).toEqual([1]))

  const [second, third] = [await happened(), await happened()]
  await tell(third)
  await tell(second)
  await tell(third)
  await soon(() => expect(ann.offsets()).toEqual([1, 2, 3]))
})

test('a hint nobody heard is made good within moments', async () => {
  const ann = await view(board.ownerId, { epoch, offset: 0 })
  await tell(await happened())
  await soon(() => expect(ann.offsets()).toEqual([1]))
  await happened(2)
  await vi.waitFor(() => expect(ann.offsets()).toEqual([1, 2, 3]), { timeout: 6_000 })
})

test('texts too long for every viewer are left out of what is told', async () => {
  await happened(1, { description: ['', 'x'.repeat(10_000)] })
  await happened(1, { title: ['a', 'b'] })
  const ann = await view(board.ownerId, { epoch, offset: 0 })
  await soon(() => expect(ann.events()).toHaveLength(2))
  expect(ann.events().map((event) => event.changes)).toEqual([undefined, { title: ['a', 'b'] }])
})

test('a place of another numbering, or ahead of the board, is reset', async () => {
  const ann = await view(board.ownerId, { epoch: newId(), offset: 0 })
  const bob = await view(board.ownerId, { epoch, offset: 1 })
  await soon(() => expect(ann.messages).toEqual([{ kind: 'reset' }]))
  await soon(() => expect(bob.messages).toEqual([{ kind: 'reset' }]))
})

test('a place too far behind, or whose events are no longer kept, is reset', async () => {
  await happened(RESUME_EVENTS_MAX + 1)
  const ann = await view(board.ownerId, { epoch, offset: 0 })
  await soon(() => expect(ann.messages).toEqual([{ kind: 'reset' }]))

  await database('board_events').where({ board_id: board.boardId }).where('seq', '<', 900).delete()
  ann.resume(epoch, 800)
  await soon(() => expect(ann.messages).toHaveLength(2))
  ann.resume(epoch, 900)
  await soon(() => expect(ann.offsets()).toHaveLength(RESUME_EVENTS_MAX + 1 - 900))
  expect(ann.messages[1]).toEqual({ kind: 'reset' })
})

test('who resumes from further back while others are being told is told all the same', async () => {
  await happened(10)
  const hold = await database.transaction()
  await hold.raw('lock table board_events')
  const ann = await view(board.ownerId, { epoch, offset: 8 })
  await vi.waitFor(async () => expect(await waiting(database)).toBe(1), { timeout: 2_000 })
  const bob = await view(board.ownerId, { epoch, offset: 2 })
  await soon(() => expect(bob.provider.synced).toBe(true))
  await sleep(RESUMED_WITHIN_MS)
  await hold.rollback()
  await soon(() => expect(ann.offsets()).toEqual([9, 10]))
  await soon(() => expect(bob.messages).toMatchObject([{ kind: 'events' }]))
  expect(bob.offsets()).toEqual([3, 4, 5, 6, 7, 8, 9, 10])
})

test('when the numbering begins anew, everybody is reset', async () => {
  const ann = await view(board.ownerId, { epoch, offset: 0 })
  await tell(await happened())
  await soon(() => expect(ann.offsets()).toEqual([1]))
  await database('boards').where({ id: board.boardId }).update({ epoch: newId() })
  await vi.waitFor(() => expect(ann.messages.at(-1)).toEqual({ kind: 'reset' }), { timeout: 6_000 })
})

test('ASVS line 36: strangers, bad tokens and odd names see nothing', async () => {
  const stranger = await view(await aUser(database), { epoch, offset: 0 })
  await soon(() => expect(stranger.denied).toEqual(['not-found']))

  const forged = aViewer(collab.port, board.boardId, 'no token')
  const nowhere = aViewer(collab.port, 'x', await signToken(keys, 'api', board.ownerId))
  viewers.push(forged, nowhere)
  await soon(() => expect([forged.denied, nowhere.denied]).toEqual([['token'], ['not-found']]))

  await happened()
  expect(stranger.messages).toEqual([])
})

test('a socket is closed when its token is over, and comes back with a fresh one', async () => {
  const shortLived = await signToken(keys, 'api', board.ownerId, 2)
  const viewer = aViewer(collab.port, board.boardId, shortLived, { epoch, offset: 0 })
  viewers.push(viewer)
  await vi.waitFor(() => expect(viewer.closed).toEqual([4401]), { timeout: 5_000 })
  viewer.provider.configuration.token = await signToken(keys, 'api', board.ownerId)
  await happened()
  await soon(() => expect(viewer.offsets()).toContain(1))
})

test('a token is renewed on the socket it was said on', async () => {
  const briefly = () => signToken(keys, 'api', board.ownerId, 3)
  const [renewed, over] = [
    aViewer(collab.port, board.boardId, await briefly()),
    aViewer(collab.port, board.boardId, await briefly()),
  ]
  viewers.push(renewed, over)
  await soon(() =>
    expect([renewed, over].map(({ provider }) => provider.isSynced)).toEqual([true, true]),
  )
  renewed.provider.configuration.token = await signToken(keys, 'api', board.ownerId)
  await renewed.provider.sendToken()
  await vi.waitFor(() => expect(over.closed).toEqual([4401]), { timeout: 6_000 })
  expect(renewed.closed).toEqual([])
})

test('ASVS line 17: who is no member any more is sent away within five seconds, and not let in again', async () => {
  const other = await aMember(database, board, 'member')
  const [leaving, staying] = [await view(other, { epoch, offset: 0 }), await view(board.ownerId)]
  await sleep(RESUMED_WITHIN_MS)
  await database('workspace_members').where({ user_id: other }).delete()
  await vi.waitFor(() => expect(leaving.denied).toContain('not-found'), { timeout: 5_000 })
  expect(leaving.closed).toContain(4401)
  expect(staying.closed).toEqual([])
})

test('ASVS line 17: who may do something else is sent away within five seconds, to come back and be told', async () => {
  const other = await aMember(database, board, 'member')
  const [changed, staying] = [await view(other, { epoch, offset: 0 }), await view(board.ownerId)]
  await sleep(RESUMED_WITHIN_MS)
  await database('workspace_members').where({ user_id: other }).update({ role: 'viewer' })
  await vi.waitFor(() => expect(changed.closed).toEqual([4401]), { timeout: 5_000 })
  await happened()
  await soon(() => expect(changed.offsets()).toContain(1))
  expect([changed.denied, staying.closed]).toEqual([[], []])
})

test('of a deleted workspace everybody is sent away within five seconds, and not let in again', async () => {
  const owner = await view(board.ownerId, { epoch, offset: 0 })
  await sleep(RESUMED_WITHIN_MS)
  const gone = { deleted_at: new Date(), restorable_by: [board.ownerId] }
  await database('workspaces').where({ id: board.workspaceId }).update(gone)
  await vi.waitFor(() => expect(owner.denied).toContain('not-found'), { timeout: 5_000 })
  expect(owner.closed).toContain(4401)
})

test.each(['somebody', 'everybody'])(
  'a project that is shut to %s is shut on open boards within five seconds, and named people stay',
  async (whom) => {
    const [other, named] = [
      await aMember(database, board, 'member'),
      await aMember(database, board, 'viewer'),
    ]
    const [leaving, staying] = [await view(other, { epoch, offset: 0 }), await view(named)]
    await sleep(RESUMED_WITHIN_MS)
    const home = { workspace_id: board.workspaceId, project_id: board.projectId }
    await database('project_roles').insert([
      { ...home, user_id: named, role: 'viewer' },
      { ...home, user_id: whom === 'somebody' ? other : null, role: 'none' },
    ])
    await vi.waitFor(() => expect(leaving.denied).toContain('not-found'), { timeout: 5_000 })
    expect(leaving.closed).toContain(4401)
    expect(staying.closed).toEqual([])
  },
)

test('ASVS line 17: a socket of a session that was ended is closed within five seconds', async () => {
  const sessionId = newId()
  const token = await signToken(keys, 'api', board.ownerId, 60, sessionId)
  const viewer = aViewer(collab.port, board.boardId, token, { epoch, offset: 0 })
  viewers.push(viewer)
  await sleep(RESUMED_WITHIN_MS)
  await database('sessions').insert({
    id: newId(),
    user_id: board.ownerId,
    family_id: sessionId,
    token_hash: randomBytes(32),
    user_agent: '',
    ip: '127.0.0.1',
    expires_at: new Date(Date.now() + 60_000),
    revoked_at: new Date(),
  })
  await vi.waitFor(() => expect(viewer.denied).toContain('token'), { timeout: 5_000 })
  expect(viewer.closed).toContain(4401)
})

test('viewers see each other, and which card each has open', async () => {
  const other = await aMember(database, board, 'member', { name: 'Bob' })
  const [ann, bob] = [await view(board.ownerId), await view(other)]
  const cardId = newId()
  ann.provider.setAwarenessField('cardId', cardId)
  bob.provider.setAwarenessField('cardId', null)
  const seen = { user: { id: board.ownerId, name: 'Olive', hue: 200 }, cardId }
  await soon(() => expect(bob.present()).toContainEqual(seen))
  await soon(() =>
    expect(ann.present()).toContainEqual({
      user: { id: other, name: 'Bob', hue: 200 },
      cardId: null,
    }),
  )
  ann.leave()
  await soon(() => expect(bob.present().map((one) => one.cardId)).not.toContain(cardId))
})

test('viewers see which cards another carries, and not more than a hand can hold', async () => {
  const other = await aMember(database, board, 'member', { name: 'Bob' })
  const [ann, bob] = [await view(board.ownerId), await view(other)]
  const carriedByAnn = () => bob.present().find((one) => one.user?.name === 'Olive')?.carried
  const carried = [newId(), newId()]
  ann.provider.setAwarenessField('cardId', null)
  ann.provider.setAwarenessField('carried', carried)
  await soon(() => expect(carriedByAnn()).toEqual(carried))
  ann.provider.setAwarenessField('carried', Array.from({ length: 51 }, newId))
  ann.provider.setAwarenessField('carried', [])
  await soon(() => expect(carriedByAnn()).toEqual([]))
})

test('who comes back before its old socket is gone goes on with its entry', async () => {
  const other = await aMember(database, board, 'member', { name: 'Bob' })
  const [ann, bob] = [await view(board.ownerId), await view(other)]
  const [first, second] = [newId(), newId()]
  ann.provider.setAwarenessField('cardId', first)
  await soon(() => expect(bob.present().map((one) => one.cardId)).toContain(first))

  const back = (await view(board.ownerId)).provider.awareness!
  const { clientID } = ann.provider.document
  back.clientID = clientID
  back.meta.set(clientID, { clock: 100, lastUpdated: Date.now() })
  back.setLocalState({ cardId: second })
  await soon(() =>
    expect(bob.provider.awareness!.getStates().get(clientID)).toMatchObject({ cardId: second }),
  )
})

test('nobody can pose as somebody else', async () => {
  const other = await aMember(database, board, 'member', { name: 'Bob' })
  const [ann, bob] = [await view(board.ownerId), await view(other)]
  ann.provider.setAwarenessField('cardId', null)
  await soon(() => expect(bob.present().map((one) => one.user?.name)).toContain('Olive'))

  bob.provider.awareness!.setLocalState({
    user: { id: board.ownerId, name: 'Olive', hue: 1 },
    cardId: null,
  })
  await soon(() => expect(ann.present().map((one) => one.user?.id)).toContain(other))
  expect(ann.present().filter((one) => one.user?.id === board.ownerId)).toHaveLength(0)
})

test("nobody can change another's entry, nor have more than one", async () => {
  const other = await aMember(database, board, 'member', { name: 'Bob' })
  const [ann, bob, eve] = [await view(board.ownerId), await view(other), await view(board.ownerId)]
  const cardId = newId()
  ann.provider.setAwarenessField('cardId', cardId)
  eve.provider.setAwarenessField('cardId', null)
  await soon(() => expect(eve.present()).toHaveLength(2))

  const { awareness, document } = bob.provider
  const victim = ann.provider.document.clientID
  bob.provider.setAwarenessField('cardId', null)
  await soon(() => expect(eve.present()).toHaveLength(3))
  for (const clientId of [victim, 12_345]) {
    awareness!.states.set(clientId, { cardId: null })
    awareness!.meta.set(clientId, { clock: 1_000, lastUpdated: Date.now() })
  }
  awareness!.emit('update', [{ added: [], updated: [victim, 12_345], removed: [] }, 'forged'])
  bob.provider.setAwarenessField('cardId', cardId)
  await soon(() =>
    expect(eve.provider.awareness!.getStates().get(document.clientID)).toMatchObject({ cardId }),
  )
  expect(eve.provider.awareness!.getStates().get(victim)).toMatchObject({ cardId })
  expect(eve.present()).toHaveLength(3)
})

test('nothing can be written into a board document', async () => {
  const [ann, bob] = [await view(board.ownerId), await view(board.ownerId)]
  await soon(() => expect(ann.provider.synced && bob.provider.synced).toBe(true))
  ann.provider.document.getMap('board').set('title', 'mine')
  ann.provider.setAwarenessField('cardId', newId())
  await soon(() => expect(bob.present().length).toBeGreaterThan(0))
  expect(bob.provider.document.getMap('board').size).toBe(0)
  expect(ann.provider.hasUnsyncedChanges).toBe(true)
})

test('whatever a viewer says, the process goes on', async () => {
  const ann = await view(board.ownerId, { epoch, offset: 0 })
  await tell(await happened())
  await soon(() => expect(ann.offsets()).toEqual([1]))
  for (const nonsense of ['', '{', '[]', '{"kind":"resume","epoch":1}']) {
    ann.provider.sendStateless(nonsense)
  }
  await redis.publish(`${REDIS_PREFIX}:board-events`, 'nonsense')
  await tell(await happened())
  await soon(() => expect(ann.offsets()).toEqual([1, 2]))
})

test('ASVS line 36: who says too much, too long or in text is shown the door', async () => {
  const say = async (message: string | Uint8Array, times: number) => {
    const socket = new WebSocket(`ws://127.0.0.1:${collab.port}/collab`)
    await new Promise((resolve) => socket.once('open', resolve))
    const code = new Promise((resolve) => socket.once('close', resolve))
    for (let count = 0; count < times; count += 1) socket.send(message)
    return await code
  }
  expect(await say(Buffer.from([1, 65, 9]), 200)).toBe(4429)
  expect(await say(Buffer.alloc(1024 * 1024 + 1), 1)).toBe(1009)
  expect(await say('text', 1)).toBe(1003)
  // What is named here could be written to the log.
  const odd = ['', '\n{"level":60}', 'a'.repeat(65), `board:${board.boardId}\0\0`]
  for (const name of odd) expect(await say(addressed(name, 0), 1), name).toBe(1007)
  expect(await say(Buffer.alloc(0), 1)).toBe(1007)
})

test('who opens more than a tab does is shown the door', async () => {
  const token = await signToken(keys, 'api', board.ownerId)
  const socket = new WebSocket(`ws://127.0.0.1:${collab.port}/collab`)
  await once(socket, 'open')
  const closed = once(socket, 'close')
  for (let count = 0; count < 101; count += 1) {
    // No more at once than a socket may say.
    if (count >= 90) await sleep(40)
    socket.send(addressed(`board:${board.boardId}\0${count}`, MessageType.Auth, 0, token))
  }
  expect((await closed)[0]).toBe(4429)
})

test('T14: a viewer that does not read is cut off before it costs memory', async () => {
  const ann = await view(board.ownerId, { epoch, offset: 0 })
  await tell(await happened())
  await soon(() => expect(ann.offsets()).toEqual([1]))

  const slow = await view(await aMember(database, board, 'viewer'), { epoch, offset: 1 })
  await tell(await happened())
  await soon(() => expect(slow.offsets()).toEqual([2]))
  slow.socket().pause()
  for (let count = 0; count < 80; count += 1) {
    const events = await happened()
    await tell(events.map((event) => ({ ...event, type: 'x'.repeat(500_000) })))
  }
  await soon(() => expect(ann.offsets()).toHaveLength(82))
  slow.socket().resume()
  await soon(() => expect(slow.closed).toEqual([1006]))
})

test('T15: a stopped server closes sockets and not only documents, so that everybody comes back', async () => {
  const second = await startCollab(settings(), own, log)
  const token = await signToken(keys, 'api', board.ownerId)
  const viewer = aViewer(second.port, board.boardId, token, { epoch, offset: 0 })
  viewers.push(viewer)
  await soon(() => expect(viewer.provider.synced).toBe(true))
  await second.stop()
  expect(viewer.closed[0]).toBe(1012)
})

/** Asks for a socket in the plainest way, and leaves its side open whatever is answered. */
async function knock(port: number, path: string) {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  const head = [
    `GET ${path} HTTP/1.1`,
    'Host: x',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  const [answer] = await once(socket, 'data')
  return { socket, answer: String(answer).split('\r\n')[0] }
}

test('a server stops in time, whatever its sockets leave open or say at the end', async () => {
  const second = await startCollab(settings(), own, log)
  const elsewhere = await knock(second.port, '/elsewhere')
  const broken = await knock(second.port, '/collab')
  expect([elsewhere.answer, broken.answer]).toEqual([
    'HTTP/1.1 404 Not Found',
    'HTTP/1.1 101 Switching Protocols',
  ])
  const noFrame = Buffer.from([0xff, 0xff])
  broken.socket.on('data', () => broken.socket.write(noFrame))
  await second.stop()
  elsewhere.socket.destroy()
  broken.socket.destroy()
})

test('ASVS line 14: no forged token opens a board', async () => {
  const bad = Object.entries(await badTokens(AUTH_KEY, 'api', board.ownerId))
  // A megabyte is asked of the API only: the provider here stumbles over a socket cut off.
  for (const [what, token] of bad.filter(([name]) => name !== 'a megabyte')) {
    const forger = aViewer(collab.port, board.boardId, token)
    viewers.push(forger)
    await vi.waitFor(() => expect(forger.denied, what).toEqual(['token']), { timeout: 5_000 })
    expect(forger.messages).toEqual([])
  }
})
