import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import type { Knex } from 'knex'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { outboxChannel } from '#core/platform/channels.ts'
import { openDatabase } from '#core/platform/database.ts'
import { makeLog } from '#core/platform/log.ts'
import { aKey } from '#tests/support/a-key.ts'
import { freshDatabase } from '#tests/support/database.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { ownFolder } from '#tests/support/own-folder.ts'
import { ownRedis, type OwnRedis } from '#tests/support/own-redis.ts'
import { NO_RUNS } from '#tests/support/no-runs.ts'
import { startFollowUps } from './follow-ups.ts'
import { HOUSEKEEPING, HOUSEKEEPING_QUEUE } from './queues.ts'

const REDIS_PREFIX = 'pf-test'
const log = makeLog('follow-ups-test', 'silent')

let database: Knex
/** As the worker logs in everywhere. */
let own: Knex
let server: OwnRedis
let redis: Redis
let board: SomeBoard
let cardId: string
let folder: Awaited<ReturnType<typeof ownFolder>>
const running: { stop(): Promise<void> }[] = []

beforeAll(async () => {
  folder = await ownFolder()
  const { url, urlOf, drop } = await freshDatabase()
  const limits = { name: 'test', connectionsMax: 12, statementLimitMs: 3_000 }
  database = openDatabase({ ...limits, url })
  own = openDatabase({ ...limits, url: urlOf('worker') })
  server = await ownRedis()
  redis = new Redis(server.url)
  redis.on('error', () => {})
  board = await aBoard(database)
  cardId = await aCard(database, board)
  return async () => {
    await Promise.all([database.destroy(), own.destroy()])
    await drop()
  }
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.stop()))
  await redis.flushall()
  await database('outbox').delete()
  await database('notifications').delete()
})
afterAll(async () => {
  redis.disconnect()
  await server.kill()
  await folder.remove()
})

function start(): { stop(): Promise<void> } {
  const followUps = startFollowUps({
    config: { REDIS_URL: server.url, REDIS_PREFIX, AUDIT_KEY: aKey(), FILES_URL: folder.url },
    database: own,
    runs: NO_RUNS,
    log,
  })
  running.push(followUps)
  return followUps
}

/** Writes rows of the outbox as a batch of actions would; answers their ids. */
async function happened(count: number, topic = 'notify', payload?: object): Promise<string[]> {
  const rows = Array.from({ length: count }, () => ({
    id: newId(),
    workspace_id: board.workspaceId,
    topic,
    effect_key: newId(),
    payload: payload ?? {
      kind: 'assigned',
      userIds: [board.ownerId],
      boardId: board.boardId,
      cardId,
      actorId: board.ownerId,
      excerpt: '',
    },
  }))
  await database('outbox').insert(rows)
  return rows.map(({ id }) => id)
}

const nudge = () => redis.publish(outboxChannel(REDIS_PREFIX), '')
/** As if the time had come to ask again for what is not done. */
const later = () =>
  database('outbox')
    .whereNull('done_at')
    .update({ next_at: new Date(0) })
const count = async (table: string, where = {}): Promise<number> => {
  const [row] = await database(table).where(where).count()
  return Number(row!['count'])
}
const undone = () => count('outbox', { done_at: null })
const soon = (check: () => Promise<void>, timeout = 10_000) =>
  vi.waitFor(check, { timeout, interval: 20 })

test('what follows from an action is done within moments of the nudge', async () => {
  start()
  await happened(1)
  await soon(async () => expect(await undone()).toBe(0))

  // Left to the poll, each round would take a second.
  const before = performance.now()
  for (let round = 0; round < 10; round += 1) {
    await happened(3)
    await nudge()
    await soon(async () => expect(await undone()).toBe(0))
  }
  expect(performance.now() - before).toBeLessThan(9_000)
  expect(await count('notifications')).toBe(31)
}, 30_000)

test('a Redis that forgets everything in mid-work loses no notification and doubles none', async () => {
  await happened(400)
  start()
  start()
  for (let times = 0; times < 5; times += 1) {
    await soon(async () => expect(await count('notifications')).toBeGreaterThan(times * 20))
    await redis.flushall()
    await later()
    await nudge()
  }
  await soon(async () => expect(await undone()).toBe(0), 15_000)
  expect(await count('notifications')).toBe(400)
}, 30_000)

test('while Redis is away nothing is lost, and the work goes on when it is back', async () => {
  start()
  await happened(1)
  await soon(async () => expect(await undone()).toBe(0))
  await server.kill()
  await happened(20)
  const row = await database('outbox').whereNull('done_at').first('tries')
  expect(row.tries).toBe(0)
  await server.start()
  await soon(async () => expect(await undone()).toBe(0), 10_000)
  expect(await count('notifications')).toBe(21)
}, 30_000)

test('follow-ups started while Redis is away begin when it comes', async () => {
  await server.kill()
  start()
  await happened(5)
  await server.start()
  await soon(async () => expect(await undone()).toBe(0), 10_000)
}, 30_000)

test('a failing follow-up is tried again, and holds up no other', async () => {
  const [failing] = await happened(1, 'notify', { kind: 'nonsense' })
  await happened(5)
  start()
  await soon(async () => expect(await undone()).toBe(1))
  const row = await database('outbox').where({ id: failing }).first()
  expect(row.tries).toBe(1)
  expect(row.next_at.getTime()).toBeGreaterThan(Date.now() + 25_000)

  await database('outbox')
    .where({ id: failing })
    .update({ payload: { ...(await goodPayload()) } })
  await later()
  await soon(async () => expect(await undone()).toBe(0))
  expect(await count('notifications')).toBe(6)
})

const goodPayload = async () => ({
  kind: 'mentioned',
  userIds: [await aMember(database, board, 'member')],
  boardId: board.boardId,
  cardId,
  actorId: board.ownerId,
  excerpt: 'hello',
})

test('the housekeeping has its timetable, also after Redis forgot it', async () => {
  const queue = new Queue(HOUSEKEEPING_QUEUE, { connection: redis, prefix: REDIS_PREFIX })
  const names = async () => (await queue.getJobSchedulers()).map(({ key }) => key).sort()
  start()
  const all = Object.keys(HOUSEKEEPING).sort()
  await soon(async () => expect(await names()).toEqual(all))
  await soon(async () => expect((await queue.getCompleted()).length).toBe(all.length))
  expect((await queue.getDelayed()).map(({ name }) => name).sort()).toEqual(all)

  await redis.flushall()
  await vi.waitFor(async () => expect(await names()).toEqual(all), { timeout: 8_000, interval: 50 })
  await queue.close()
})
