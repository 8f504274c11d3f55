import { once } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { newId } from '#core/kernel/ids.ts'
import { TEXT_BYTES_MAX } from '#core/kernel/limits.ts'
import { BrowserSocket } from '#tests/support/browser-socket.ts'
import { aBoard, aCard, aMember, type SomeBoard } from '#tests/support/fixtures.ts'
import { aTab, type TestTab } from '#tests/support/tab.ts'
import { useCollab } from '#tests/support/use-collab.ts'
import type { Collab } from './collab.ts'

const { database, anotherNode, tokenOf, write } = useCollab()
const LIMITS = { BROWSERS_PER_PERSON_MAX: 3, TABS_PER_BROWSER_MAX: 8 }
const tabs: TestTab[] = []

let board: SomeBoard
beforeEach(async () => {
  board = await aBoard(database())
})
afterEach(() => {
  for (const tab of tabs.splice(0)) tab.leave()
})

const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 5_000 })
const codes = (all: readonly TestTab[]) => all.map(({ closed }) => closed.map(({ code }) => code))

async function open({ port }: Pick<Collab, 'port'>, browserId: string, userId = board.ownerId) {
  const token = await tokenOf(userId)
  const tab = aTab({ port, name: `board:${board.boardId}`, token, browserId })
  tabs.push(tab)
  await soon(() => expect(tab.provider.isSynced).toBe(true))
  return tab
}

test('ASVS line 36: a fourth browser lets go of the one that came first, with all its tabs, at whatever process', async () => {
  const [one, two] = [await anotherNode(LIMITS), await anotherNode(LIMITS)]
  const [a, b, c, d] = [newId(), newId(), newId(), newId()]
  const first = [await open(one, a), await open(two, a)]
  const others = [await open(one, b), await open(two, c)]
  const bystander = await open(two, newId(), await aMember(database(), board, 'member'))
  const fourth = await open(one, d)
  await soon(() => expect(codes(first)).toEqual([[4409], [4409]]))
  expect(codes([...others, fourth, bystander])).toEqual([[], [], [], []])

  const again = await open(one, a)
  await soon(() => expect(codes(others)).toEqual([[4409], []]))
  expect(codes([again, fourth])).toEqual([[], []])
  await Promise.all([one.stop(), two.stop()])
})

test('eight tabs of a browser stay, and of nine the first goes', async () => {
  const node = await anotherNode(LIMITS)
  const browser = newId()
  const eight: TestTab[] = []
  for (let count = 0; count < 8; count += 1) eight.push(await open(node, browser))
  expect(codes(eight).flat()).toEqual([])
  await open(node, browser)
  await soon(() => expect(codes(eight)).toEqual([[4409], ...eight.slice(1).map(() => [])]))
  await node.stop()
})

test('a process that is full says so, and those who are there stay', async () => {
  const node = await anotherNode({ SOCKETS_PER_NODE_MAX: 1 })
  const inside = await open(node, newId())
  const outside = aTab({
    port: node.port,
    name: `board:${board.boardId}`,
    token: await tokenOf(board.ownerId),
  })
  tabs.push(outside)
  await soon(() => expect(codes([outside, inside])).toEqual([[1013], []]))
  await node.stop()
})

test('who connects and does not say who they are takes nobody’s place', async () => {
  const node = await anotherNode({ SOCKETS_PER_NODE_MAX: 2 })
  const strangers = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const socket = new BrowserSocket(`ws://127.0.0.1:${node.port}/collab`)
      await once(socket, 'open')
      return socket
    }),
  )
  const people = [await open(node, newId()), await open(node, newId())]
  expect(codes(people)).toEqual([[], []])
  for (const socket of strangers) socket.terminate()
  await node.stop()
})

test('who asks for a long text again and again is sent away, and who has many open comes back all the same', async () => {
  const cardId = await aCard(database(), board)
  const long = new Y.Doc()
  long.getText('x').insert(0, 'x'.repeat(TEXT_BYTES_MAX))
  const home = { workspace_id: board.workspaceId, card_id: cardId }
  await database()('crdt_docs').insert({ ...home, begun: true, seq: 1 })
  const bytes = Buffer.from(Y.encodeStateAsUpdate(long))
  await database()('crdt_updates').insert({ ...home, seq: 1, bytes })
  const writer = await write(board.ownerId, cardId, { doc: long })
  await writer.saved()
  for (let count = 0; count < 10; count += 1) writer.provider.forceSync()
  await writer.saved()
  expect(writer.closed).toEqual([])
  for (let count = 0; count < 30; count += 1) writer.provider.forceSync()
  await soon(() => expect(writer.closed).toEqual([4429]))
  await writer.saved()
})

test('a stopping process is not ready any more, and sends its viewers away one after the other', async () => {
  const node = await anotherNode({ COLLAB_DRAIN_S: 1 })
  const all = []
  for (let count = 0; count < 4; count += 1) all.push(await open(node, newId()))
  const ready = () => fetch(`http://127.0.0.1:${node.port}/ready`)
  expect((await ready()).status).toBe(200)
  const stopped = node.stop()
  await soon(async () => expect((await ready()).status).toBe(503))
  await stopped
  expect(codes(all)).toEqual([[1012], [1012], [1012], [1012]])
  const times = all.map(({ closed }) => closed[0]!.atMs)
  expect(times.at(-1)! - times[0]!).toBeGreaterThan(500)
})

test('the figures of sockets, news and Redis are told', async () => {
  const node = await anotherNode()
  await open(node, newId())
  const metrics = async () => await (await fetch(`http://127.0.0.1:${node.port}/metrics`)).text()
  await soon(async () => {
    const text = await metrics()
    expect(text).toMatch(/^collab_connections_active [1-9]/m)
    expect(text).toMatch(/^collab_subs_active [1-9]/m)
    expect(text).toMatch(/^collab_redis_rtt_ms_count [1-9]/m)
    for (const name of ['publish_latency_ms', 'wal_append_ms', 'backpressure_drops_total']) {
      expect(text).toContain(`# TYPE collab_${name} `)
    }
  })
  await node.stop()
})
