import { randomBytes } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { signToken } from '#core/platform/access-token.ts'
import { boardEventsChannel } from '#core/platform/channels.ts'
import { anApi } from '#tests/support/api.ts'
import { aStream, type TestStream } from '#tests/support/event-stream.ts'
import { aBoard, aMember, aUser, type SomeBoard } from '#tests/support/fixtures.ts'

/** A right that is lost ends within five seconds. */
const SENT_AWAY = { timeout: 6_000 }
const STREAMS_PER_PERSON_MAX = 24

let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard
let epoch: string
const streams: TestStream[] = []

beforeAll(async () => {
  api = await anApi()
  return api.stop
})
beforeEach(async () => {
  board = await aBoard(api.database)
  epoch = (await api.database('boards').where({ id: board.boardId }).first('epoch')).epoch
})
afterEach(() => {
  for (const stream of streams.splice(0)) stream.leave()
})

const soon = (check: () => void | Promise<void>, wish = { timeout: 5_000 }) =>
  vi.waitFor(check, { ...wish, interval: 10 })

async function follow(
  place: { epoch?: string; offset?: number } = {},
  as = board.ownerId,
  more = {},
) {
  const { epoch: at = epoch, offset = 0 } = place
  const token = await signToken(api.parts.keys, 'api', as)
  const path = `/api/v1/boards/${board.boardId}/events?epoch=${at}&offset=${offset}`
  const stream = await aStream(api.url + path, token, more)
  streams.push(stream)
  return stream
}

/** Writes the next events of the board, as the engine would, and says so or not. */
async function happened(count = 1, isHinted = false): Promise<void> {
  const { boardId, workspaceId, ownerId } = board
  await api.database.transaction(async (trx) => {
    const [{ event_seq: last }] = await trx('boards')
      .where({ id: boardId })
      .increment('event_seq', count)
      .returning('event_seq')
    const rows = Array.from({ length: count }, (_, index) => ({
      board_id: boardId,
      seq: last - count + 1 + index,
      workspace_id: workspaceId,
      type: 'card.moved',
      actor_id: ownerId,
      command_id: newId(),
      body: {},
      changes: {},
    }))
    await trx.batchInsert('board_events', rows)
  })
  const channel = boardEventsChannel(api.parts.config.REDIS_PREFIX)
  if (isHinted) await api.parts.redis.publish(channel, JSON.stringify({ boardId, events: [] }))
}

const offsets = ({ told }: TestStream) =>
  told.flatMap(({ data }) => (data as { events: { offset: number }[] }).events.map((e) => e.offset))

test('what happens on a board is told as it happens, and what a hint was lost of soon after', async () => {
  await happened(2)
  const stream = await follow()
  await soon(() => expect(offsets(stream)).toEqual([1, 2]))
  await vi.waitFor(async () => {
    const [, listeners] = await api.parts.redis.pubsub(
      'NUMSUB',
      boardEventsChannel(api.parts.config.REDIS_PREFIX),
    )
    expect(listeners).toBe(1)
  })
  await happened(1, true)
  await soon(() => expect(offsets(stream)).toEqual([1, 2, 3]), { timeout: 1_000 })
  await happened()
  await soon(() => expect(offsets(stream)).toEqual([1, 2, 3, 4]))
  expect(stream.told.at(-1)!.id).toBe(`${epoch}:4`)
})

test('who comes back is told what they missed and nothing twice, from the id they heard last', async () => {
  await happened(3)
  const stream = await follow({}, board.ownerId, { 'last-event-id': `${epoch}:2` })
  await soon(() => expect(offsets(stream)).toEqual([3]))
})

test('a place of another numbering, ahead of the board or too far behind is reset', async () => {
  await happened(1_001)
  for (const place of [{ epoch: newId() }, { offset: 1_002 }, { offset: 0 }]) {
    const stream = await follow(place)
    await stream.over
    expect(stream.told.map(({ data }) => data)).toEqual([{ kind: 'reset' }])
  }
  const stream = await follow({ offset: 1 })
  await soon(() => expect(offsets(stream)).toHaveLength(1_000))
})

test('strangers are told nothing, and who loses the board is told so within five seconds', async () => {
  expect((await follow({}, await aUser(api.database))).status).toBe(404)
  const ann = await aMember(api.database, board, 'member')
  const stream = await follow({}, ann)
  await api.database('workspace_members').where({ user_id: ann }).delete()
  await soon(() => expect(stream.told).toHaveLength(1), SENT_AWAY)
  await stream.over
  expect(stream.told[0]).toMatchObject({ event: 'refused', data: 'board.not_found' })
})

test('a stream of a session that was ended ends within five seconds', async () => {
  const sessionId = newId()
  const token = await signToken(api.parts.keys, 'api', board.ownerId, undefined, sessionId)
  const path = `/api/v1/boards/${board.boardId}/events?epoch=${epoch}&offset=0`
  const stream = await aStream(api.url + path, token)
  streams.push(stream)
  await api.database('sessions').insert({
    id: newId(),
    family_id: sessionId,
    user_id: board.ownerId,
    token_hash: randomBytes(32),
    user_agent: '',
    ip: '127.0.0.1',
    expires_at: new Date(Date.now() + 60_000),
    revoked_at: new Date(),
  })
  await api.parts.endedSessions.read()
  await stream.over
  expect(stream.told).toMatchObject([{ event: 'refused', data: 'auth.expired' }])
})

test('who only asks for the head of a stream, or goes before it begins, holds none', async () => {
  const authorization = `Bearer ${await signToken(api.parts.keys, 'api', board.ownerId)}`
  const url = `${api.url}/api/v1/boards/${board.boardId}/events?epoch=${epoch}&offset=0`
  const heads = Array.from({ length: STREAMS_PER_PERSON_MAX }, () =>
    fetch(url, { method: 'HEAD', headers: { authorization } }),
  )
  expect((await Promise.all(heads)).map(({ status }) => status)).toEqual(heads.map(() => 200))
  await soon(async () => expect((await follow()).status).toBe(200))
})

test('a person has as many streams as tabs, and one more once one has ended', async () => {
  const all: TestStream[] = []
  for (let count = 0; count < STREAMS_PER_PERSON_MAX; count += 1) all.push(await follow())
  expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
  expect((await follow()).status).toBe(429)
  all[0]!.leave()
  await soon(async () => expect((await follow()).status).toBe(200))
})

test('where nothing happens for 25 s, something is said that is no event', async () => {
  const stream = await follow()
  await soon(() => expect(stream.comments).toEqual(['here']))
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25_000 })
  onTestFinished(() => void vi.useRealTimers())
  await soon(() => expect(stream.comments).toEqual(['here', 'still here']))
  expect(stream.told).toEqual([])
})
