import { beforeAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { cardActionsWorker } from '#engine/card-actions-worker.ts'
import { anApi } from '#tests/support/api.ts'
import { aCommand } from '#tests/support/command.ts'
import { aBoard, aCard, type SomeBoard } from '#tests/support/fixtures.ts'
import { ownTemporal, type OwnTemporal } from '#tests/support/own-temporal.ts'

/** The engine is given 2 s to take an action. */
const ANSWER_LIMIT_MS = 4_000
const WAITING_MAX = 512

let temporal: OwnTemporal
let api: Awaited<ReturnType<typeof anApi>>
let board: SomeBoard

beforeAll(async () => {
  temporal = await ownTemporal()
  api = await anApi({ TEMPORAL_ADDRESS: temporal.address })
  const { config, engine } = api.parts
  const worker = await cardActionsWorker({
    ...api.parts,
    database: api.actions,
    connection: api.connection,
    namespace: config.TEMPORAL_NAMESPACE,
    dataConverter: {},
    taskQueue: config.CARD_ACTIONS_QUEUE,
    redisPrefix: config.REDIS_PREFIX,
    commandKey: config.COMMAND_KEY,
    onApplied: ({ answers }) => engine.applied(answers),
  })
  const running = worker.run()
  return async () => {
    worker.shutdown()
    await running
    await api.stop()
    await temporal.stop()
  }
})

beforeEach(async () => {
  board = await aBoard(api.database)
  temporal.hang()
  return () => temporal.wake()
})

const move = (cardId: string, key: string) =>
  api.call('POST', `/api/v1/cards/${cardId}/move`, {
    as: board.ownerId,
    body: { columnId: board.columns['Done'] },
    headers: { 'idempotency-key': key },
  })

test('while the engine does not answer, people are told soon to come again, and the same key then does it', async () => {
  const cardId = await aCard(api.database, board)
  const key = newId()
  const askedMs = performance.now()

  const { status, headers, body } = await move(cardId, key)

  expect(performance.now() - askedMs).toBeLessThan(ANSWER_LIMIT_MS)
  expect([status, body.error.code]).toEqual([503, 'engine.away'])
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  temporal.wake()
  await expect.poll(async () => (await move(cardId, key)).status, { timeout: 10_000 }).toBe(200)
  const events = await api.database('board_events').where({ board_id: board.boardId })
  expect(events.map(({ type }) => type)).toEqual(['card.moved'])
})

test('a workspace with as much waiting as may wait takes nothing more', async () => {
  const cardId = await aCard(api.database, board)
  const command = await aCommand(api.database, board.ownerId, 'card.archive', cardId, {})
  for (let count = 0; count < 1 + WAITING_MAX; count += 1) {
    const another = { ...command, id: newId() }
    api.parts.engine.submit(another, 'outcome').catch(() => {})
  }

  const { status, headers, body } = await move(cardId, newId())

  expect([status, body.error.code]).toEqual([503, 'command.busy'])
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
})
