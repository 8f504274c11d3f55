import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { ownRedis, type OwnRedis } from '#tests/support/own-redis.ts'
import { useCollab } from '#tests/support/use-collab.ts'
import type { Collab } from './collab.ts'

const { database, write, anotherNode } = useCollab()
/** How long Redis was away when two processes of Hocuspocus stayed apart for good. */
const REDIS_AWAY_MS = 8_000

let redis: OwnRedis
let nodes: readonly [Collab, Collab]
let board: SomeBoard
let cardId: string

beforeAll(async () => {
  redis = await ownRedis()
  const place = { REDIS_URL: redis.url }
  nodes = [await anotherNode(place), await anotherNode(place)]
})
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()))
  await redis.kill()
})
beforeEach(async () => {
  board = await aBoard(database())
  cardId = await aCard(database(), board, { description: 'It fails.' })
})

const soon = (check: () => void | Promise<void>, timeout = 5_000) =>
  vi.waitFor(check, { timeout, interval: 5 })
const stored = () => database()('crdt_updates').where({ card_id: cardId }).orderBy('seq')

async function twoWriters() {
  const [ann, bob] = [
    await write(board.ownerId, cardId, { node: nodes[0] }),
    await write(await aMember(database(), board, 'member'), cardId, { node: nodes[1] }),
  ]
  await Promise.all([ann.saved(), bob.saved()])
  return [ann, bob] as const
}

test('what is written at one process is seen at another at once, and stored once', async () => {
  const [ann, bob] = await twoWriters()
  ann.write('Here')
  await soon(() => expect(bob.text()).toContain('Here'), 1_000)
  bob.write('There')
  await soon(() => expect(ann.text()).toContain('There'), 1_000)
  await Promise.all([ann.saved(), bob.saved()])
  expect(await stored()).toHaveLength(3)
})

test('people see each other across processes', async () => {
  const [ann, bob] = await twoWriters()
  ann.provider.setAwarenessField('cursor', null)
  const names = () =>
    [...bob.provider.awareness!.getStates().values()].map((state) => state['user']?.name)
  await soon(() => expect(names()).toContain('Olive'), 1_000)
  ann.leave()
  await soon(() => expect(names()).not.toContain('Olive'), 1_000)
})

test('T8: with Redis away for eight seconds, who writes at two processes still reads the same', async () => {
  const [ann, bob] = await twoWriters()
  redis.hang()
  const untilMs = Date.now() + REDIS_AWAY_MS
  for (let count = 0; Date.now() < untilMs; count += 1) {
    ann.write(`a${count}`)
    bob.write(`b${count}`)
    await Promise.all([ann.saved(), bob.saved()])
    await soon(() => expect(ann.text()).toContain(`b${count}`))
    await soon(() => expect(bob.text()).toContain(`a${count}`))
  }
  redis.wake()
  ann.write('Healed')
  await soon(() => expect(bob.text()).toContain('Healed'))
  expect(Buffer.from(Y.encodeStateAsUpdate(ann.doc))).toEqual(
    Buffer.from(Y.encodeStateAsUpdate(bob.doc)),
  )
})

test('T9: what a third process stored late or told twice changes nothing', async () => {
  const [ann, bob] = await twoWriters()
  ann.write('Once')
  await ann.saved()
  const [, row] = await stored()
  const third = await write(board.ownerId, cardId)
  await third.saved()
  third.provider.forceSync()
  await soon(() => expect(bob.text()).toBe('It fails.\nOnce'))
  expect(third.text()).toBe('It fails.\nOnce')
  expect((await stored()).at(-1)).toEqual(row)
})

test('T10: without Redis a text is stored, closed and opened as ever', async () => {
  await redis.kill()
  const [ann, bob] = await twoWriters()
  ann.write('Alone')
  await ann.saved()
  for (const each of [ann, bob]) each.leave()
  const back = await write(board.ownerId, cardId, { node: nodes[1] })
  await soon(() => expect(back.text()).toBe('It fails.\nAlone'))
})
