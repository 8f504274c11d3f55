import { beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { anApi, type Answer } from '#tests/support/api.ts'
import { aBoard, type SomeBoard } from '#tests/support/fixtures.ts'
import { ownRedis, type OwnRedis } from '#tests/support/own-redis.ts'

const OPEN_LIMIT_MS = 1_000

let redis: OwnRedis
let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard

beforeAll(async () => {
  redis = await ownRedis()
  api = await anApi({
    REDIS_URL: redis.url,
    READS_PER_HOUR_MAX: '2',
    SEARCHES_PER_MINUTE_MAX: '1',
    CREATES_PER_HOUR_MAX: '1',
    UPLOADS_PER_HOUR_MAX: '2',
  })
  return async () => {
    await api.stop()
    await redis.kill()
  }
})

beforeEach(async () => {
  board = await aBoard(api.database)
})

const read = async (as = board.ownerId) => await api.call('GET', '/api/v1/me', { as })
const times = async (count: number, ask: () => Promise<Answer>) =>
  await Promise.all(Array.from({ length: count }, ask))
const statuses = (answers: readonly Answer[]) =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b)

test('ASVS line 34: a session reads ten times what a token may, and is told how much is left', async () => {
  const answers = await times(22, read)
  expect(statuses(answers)).toEqual([...Array<number>(20).fill(200), 429, 429])
  const { headers, body } = answers.find(({ status }) => status === 429)!
  expect(body.error.code).toBe('request.too_many')
  expect(headers.get('ratelimit-policy')).toBe('"read";q=20;w=3600')
  expect(headers.get('ratelimit')).toMatch(/^"read";r=0;t=3[56]\d\d$/)
  expect(Number(headers.get('retry-after'))).toBe(body.error.details.retryAfterS)
})

test('ASVS line 34: a token has a count of its own', async () => {
  const body = { name: 'program', scope: 'read', expiresInDays: 1 }
  const made = await api.call('POST', '/api/v1/auth/api-tokens', { as: board.ownerId, body })
  const headers = { authorization: `Bearer ${made.body.token}` }
  const answers = await times(3, async () => await api.call('GET', '/api/v1/me', { headers }))
  expect(statuses(answers)).toEqual([200, 200, 429])
  expect((await read()).status).toBe(200)
})

test('ASVS lines 34, 51: searches and what is made have limits of their own', async () => {
  const search = async () => await api.call('GET', '/api/v1/search?q=word', { as: board.ownerId })
  expect(statuses(await times(11, search)).at(-1)).toBe(429)
  const body = { title: 'nothing' }
  const make = async () =>
    await api.call('POST', `/api/v1/boards/${newId()}/cards`, { as: board.ownerId, body })
  expect(statuses(await times(11, make)).at(-1)).toBe(429)
  expect((await read()).status).toBe(200)
})

test('ASVS line 34: pages and programs of a person send as many files together as one may', async () => {
  const body = { name: 'program', scope: 'write', expiresInDays: 1 }
  const made = await api.call('POST', '/api/v1/auth/api-tokens', { as: board.ownerId, body })
  const asProgram = { headers: { authorization: `Bearer ${made.body.token}` } }
  const send = async (asker: object) =>
    await api.call('POST', `/api/v1/cards/${newId()}/files?name=a.txt`, asker)
  const asked = [asProgram, { as: board.ownerId }, asProgram, { as: board.ownerId }]
  const answers: Answer[] = []
  for (const asker of asked) answers.push(await send(asker))
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 429, 429])
})

test('ASVS line 34: a card’s move is counted nowhere', async () => {
  const path = `/api/v1/cards/${newId()}/move`
  const body = { columnId: newId() }
  const { headers } = await api.call('POST', path, { as: board.ownerId, body })
  expect(headers.get('ratelimit')).toBeNull()
})

test('ASVS line 34: without Redis people read on, each process counts, and nobody signs in', async () => {
  await redis.kill()
  const startMs = performance.now()
  const answers = await times(21, read)
  expect(performance.now() - startMs).toBeLessThan(OPEN_LIMIT_MS)
  expect(statuses(answers)).toEqual([...Array<number>(20).fill(200), 429])
  const body = { email: 'a@example.com', password: 'guess' }
  const login = await api.call('POST', '/api/v1/auth/login', { body })
  expect(login.body.error.code).toBe('service.away')
  await redis.start()
})

test('ASVS line 34: a Redis that hangs is not waited for: people read on, and each process counts', async () => {
  redis.hang()
  const startMs = performance.now()
  const answers = await times(21, read)
  expect(performance.now() - startMs).toBeLessThan(OPEN_LIMIT_MS)
  expect(statuses(answers)).toEqual([...Array<number>(20).fill(200), 429])
  redis.wake()
})
