import { beforeAll, expect, inject, test } from 'vitest'
import { newId } from '#core/kernel/ids.ts'
import { boardEventsChannel, listsChannel } from '#core/platform/channels.ts'
import { makeLog } from '#core/platform/log.ts'
import { openRedis } from '#core/platform/redis.ts'
import { subscribe } from '#core/platform/subscribe.ts'
import { announcer } from './announce.ts'

const PREFIX = newId()
const redis = openRedis(inject('redisUrl'))
const log = makeLog('test', 'silent')
const heard: string[] = []
const hearing = subscribe(
  inject('redisUrl'),
  boardEventsChannel(PREFIX),
  (message) => heard.push(message),
  log,
)

beforeAll(() => () => {
  hearing.disconnect()
  redis.disconnect()
})

const anEvent = (offset: number, text: string) => ({
  boardId: newId(),
  offset,
  type: 'card.edited',
  actorId: newId(),
  commandId: newId(),
  at: new Date().toISOString(),
  changes: { description: ['', text] as [string, string] },
})

test('texts too long for every viewer are left out of a hint', async () => {
  const events = [anEvent(1, 'ü'.repeat(4_100)), anEvent(2, 'ü'.repeat(4_000))]
  const news = { boardId: newId(), epoch: newId(), events }
  const channel = boardEventsChannel(PREFIX)
  await expect.poll(async () => (await redis.pubsub('NUMSUB', channel))[1]).toBe(1)

  announcer(redis, PREFIX, log)({ news: [news], followUps: false, relisted: [] })

  await expect.poll(() => heard.length).toBe(1)
  const { changes: _, ...short } = events[0]!
  expect(JSON.parse(heard[0]!)).toEqual({ ...news, events: [short, events[1]] })
})

test('workspaces whose boards changed are named', async () => {
  const told: string[] = []
  const channel = listsChannel(PREFIX)
  const ear = subscribe(inject('redisUrl'), channel, (message) => told.push(message), log)
  await expect.poll(async () => (await redis.pubsub('NUMSUB', channel))[1]).toBe(1)
  const [here, there] = [newId(), newId()]
  announcer(redis, PREFIX, log)({ news: [], followUps: false, relisted: [here, there] })
  await expect.poll(() => told).toEqual([here, there])
  ear.disconnect()
})
