import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { WorkspaceMessage } from '#core/contracts/channels.ts'
import { aBoard, aCard, aMember } from '#tests/support/fixtures.ts'
import { freePort } from '#tests/support/free-port.ts'
import { killableCollab } from '#tests/support/killable.ts'
import { aTab } from '#tests/support/tab.ts'
import { aTypist } from '#tests/support/typist.ts'
import { useCollab } from '#tests/support/use-collab.ts'

const { database, url, settings, write, collab, anotherNode, tokenOf } = useCollab()
const PEOPLE = 9
const TEXTS = 3
const KEYS_PER_SECOND = 20
const TYPING_MS = 1_500

async function peopleTyping(port: number, stopped: AbortSignal) {
  const board = await aBoard(database())
  const cardIds: string[] = []
  while (cardIds.length < TEXTS) cardIds.push(await aCard(database(), board))
  const people = await Promise.all(
    Array.from({ length: PEOPLE }, async (_, index) => {
      const cardId = cardIds[index % TEXTS]!
      const writer = await write(board.ownerId, cardId, { node: { port } })
      await writer.saved()
      return { cardId, writer, typist: aTypist(writer, `p${index}`) }
    }),
  )
  const typing = Promise.all(people.map(({ typist }) => typist.type(KEYS_PER_SECOND, stopped)))
  return { board, cardIds, people, typing }
}

test('T1: of what was acknowledged nothing is lost when the process is killed and the browsers are gone', async () => {
  const node = await killableCollab(url(), settings())
  const stop = new AbortController()
  const { board, cardIds, people, typing } = await peopleTyping(node.port, stop.signal)
  await sleep(TYPING_MS)
  await node.kill()
  const saved = people.map(({ cardId, typist }) => ({ cardId, lines: typist.acknowledged() }))
  stop.abort()
  for (const { writer } of people) writer.leave()
  await typing

  const texts = new Map<string, string[]>()
  for (const cardId of cardIds) {
    const reader = await write(board.ownerId, cardId)
    await reader.saved()
    texts.set(cardId, reader.text().split('\n'))
  }
  const lost = saved.flatMap(({ cardId, lines }) =>
    lines.filter((line) => !texts.get(cardId)!.includes(line)),
  )
  expect(saved.flatMap(({ lines }) => lines).length).toBeGreaterThan((PEOPLE * KEYS_PER_SECOND) / 2)
  expect(lost).toEqual([])
})

async function toBeKilled(port: number): Promise<() => Promise<void>> {
  const { kill } = await killableCollab(url(), settings({ COLLAB_PORT: port }))
  return kill
}

/** Its viewers are sent away one after the other, while they write on. */
async function toBeDrained(port: number): Promise<() => Promise<void>> {
  const { stop } = await anotherNode({ COLLAB_PORT: port, COLLAB_DRAIN_S: 1 })
  return stop
}

test.each(['killed', 'drained'])(
  'browsers that are still there when another process takes over from one that is %s lose nothing at all',
  async (how) => {
    const port = await freePort()
    const end = how === 'killed' ? await toBeKilled(port) : await toBeDrained(port)
    const stop = new AbortController()
    const { cardIds, people, typing } = await peopleTyping(port, stop.signal)
    await sleep(TYPING_MS / 2)
    await end()
    const next = await killableCollab(url(), settings({ COLLAB_PORT: port }))
    await sleep(TYPING_MS / 2)
    stop.abort()
    await typing
    await Promise.all(people.map(({ writer }) => writer.saved()))
    for (const cardId of cardIds) {
      const there = people.filter((each) => each.cardId === cardId)
      const written = there.flatMap(({ typist }) => typist.written).sort()
      await vi.waitFor(() => {
        for (const { writer } of there) expect(writer.text().split('\n').sort()).toEqual(written)
      }, 5_000)
      const [first, ...others] = there.map(({ writer }) =>
        Buffer.from(Y.encodeStateAsUpdate(writer.doc)),
      )
      for (const other of others) expect(other.equals(first!)).toBe(true)
    }
    await next.kill()
  },
  30_000,
)

test('who was with a process that was killed is not online a few seconds later', async () => {
  const board = await aBoard(database())
  const name = `workspace:${board.workspaceId}`
  const ann = await aMember(database(), board, 'member')
  const node = await killableCollab(url(), settings())
  const here = aTab({ port: collab().port, name, token: await tokenOf(board.ownerId) })
  const there = aTab({ port: node.port, name, token: await tokenOf(ann) })
  const online = () =>
    here.messages
      .map((message) => WorkspaceMessage.parse(message))
      .findLast((message) => message.kind === 'online')
      ?.people.map(({ userId }) => userId)
  const both = [board.ownerId, ann].toSorted()
  await vi.waitFor(() => expect(online()?.toSorted()).toEqual(both), 10_000)
  await node.kill()
  await vi.waitFor(() => expect(online()).toEqual([board.ownerId]), 12_000)
  for (const tab of [here, there]) tab.leave()
}, 30_000)
