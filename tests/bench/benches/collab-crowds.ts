import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { Redis } from 'ioredis'
import type { Knex } from 'knex'
import { WebSocket } from 'ws'
import { boardEventsChannel } from '#core/platform/channels.ts'
import { newId } from '#core/kernel/ids.ts'
import { BrowserSocket } from '#tests/support/browser-socket.ts'
import { freePort } from '#tests/support/free-port.ts'
import type { SomeBoard } from '#tests/support/fixtures.ts'
import { killable, type Killable } from '#tests/support/killable.ts'
import type { CollabSide, TwoCollabs } from '../collab-sides.ts'
import { eachOf } from '../crowd.ts'
import { aRawViewer } from '../raw-viewer.ts'
import { atLeast, atMost, atMostTimes, row, type Row } from '../row.ts'
import { summarise } from '../summary.ts'
import { someBoards, tokenFor, withDatabase } from '../world.ts'

const PLAIN = new URL('../floors/plain-sockets.ts', import.meta.url)
const AT_ONCE = 25
const IDLE = 2_000
const IDLE_PER_TEXT = 5
/** A heap grows in steps; after so many it grows with what is there. */
const WARM_UP = 1_000
const SETTLED_AFTER_MS = 3_000
/** As the UI: each tab waits another while before it comes back. */
const BACK_AFTER_MS = { min: 300, spread: 2_000, max: 15_000 }
const DROPPED = 1_000
const BACK_WITHIN_MS = 10_000
const HEARD_LIMIT_MS = 10_000
/** As long as an event is that is told. */
const NEWS_BYTES = 400

/**
 * Memory of a server per connection that only listens, in KB: what its heap keeps, and what the process
 * grows by, which moves in large steps.
 */
export async function idleMemory({ ours, floor, tokens }: TwoCollabs): Promise<Row[]> {
  const ofSide = async (side: CollabSide) => {
    const node = await side.start()
    const texts = await eachOf(Array.from({ length: IDLE / IDLE_PER_TEXT }), 1, side.aText)
    const look = async (textId: string, index: number) =>
      await aRawViewer(node.port, `card:${textId}`, tokens[index % tokens.length]!)
    // What the first need is not what each needs.
    const first = await eachOf(allOf(texts, WARM_UP), AT_ONCE, look)
    const before = await memoryOf(node)
    const viewers = await eachOf(allOf(texts, IDLE), AT_ONCE, look)
    const after = await memoryOf(node)
    for (const viewer of [...first, ...viewers]) viewer.leave()
    await node.kill()
    return {
      keptKb: (after.keptKb - before.keptKb) / IDLE,
      residentKb: (after.residentKb - before.residentKb) / IDLE,
    }
  }
  const [a, b] = [await ofSide(ours), await ofSide(floor)]
  return [
    row(
      `memory kept per idle connection, ${IDLE} of them, KB`,
      { ours: a.keptKb, floor: b.keptKb },
      atMostTimes(1.2),
    ),
    row(
      `resident memory per idle connection, KB`,
      { ours: a.residentKb, floor: b.residentKb },
      atMostTimes(1.2),
    ),
  ]
}

/** Both once the rubbish is collected, and what that has freed given back. */
async function memoryOf(node: Killable): Promise<{ keptKb: number; residentKb: number }> {
  await sleep(SETTLED_AFTER_MS)
  const keptKb = (await node.keptBytes()) / 1024
  await sleep(SETTLED_AFTER_MS)
  return { keptKb, residentKb: residentKb(node.pid) }
}

const allOf = (texts: readonly string[], count: number) =>
  Array.from({ length: count }, (_, index) => texts[index % texts.length]!)

const residentKb = (pid: number) =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', `${pid}`], { encoding: 'utf8' }))

interface Crowd {
  readonly boards: number
  readonly viewers: number
  readonly news: number
  readonly everyMs: number
}

/** How long news of a board take to each of those who look at it, against `ws` and nothing else. */
export async function newsToMany(sides: TwoCollabs): Promise<Row[]> {
  const crowds: Crowd[] = [
    { boards: 100, viewers: 100, news: 300, everyMs: 20 },
    { boards: 1, viewers: 3_000, news: 20, everyMs: 400 },
  ]
  const rows: Row[] = []
  for (const crowd of crowds) {
    const times = {
      ours: summarise(await toldByOurs(sides, crowd)),
      floor: summarise(await toldPlainly(crowd)),
    }
    const what = `news to ${crowd.boards} x ${crowd.viewers} who look at boards, p95 ms`
    rows.push(row(what, { ours: times.ours.p95, floor: times.floor.p95, times }, atMost(200)))
  }
  return rows
}

async function toldByOurs({ ours, place }: TwoCollabs, crowd: Crowd): Promise<number[]> {
  const [node, redis] = [await ours.start(), new Redis(place.redisUrl)]
  const times = new Deliveries()
  try {
    return await withDatabase(place.databaseUrl, async (database) => {
      const boards = await someBoards(database, crowd.boards, 1)
      const token = await tokenFor(place.authKey, boards[0]!.ownerId)
      const epochs = await database('boards').whereIn(
        'id',
        boards.map(({ boardId }) => boardId),
      )
      const epochOf = new Map(epochs.map(({ id, epoch }) => [id as string, epoch as string]))
      const viewers = await eachOf(placesOf(crowd), AT_ONCE, async (index) => {
        const { boardId } = boards[index]!
        const heard = times.ofViewer(index)
        const viewer = await aRawViewer(node.port, `board:${boardId}`, token, (message) =>
          heard(eventsIn(message)),
        )
        viewer.say(JSON.stringify({ kind: 'resume', epoch: epochOf.get(boardId), offset: 0 }))
        return viewer
      })
      await sleep(SETTLED_AFTER_MS)
      await times.of(crowd, async (index) => {
        const board = boards[index]!
        const event = await anEvent(database, board)
        times.said(index)
        const message = {
          boardId: board.boardId,
          epoch: epochOf.get(board.boardId),
          events: [event],
        }
        await redis.publish(boardEventsChannel(place.prefix), JSON.stringify(message))
      })
      for (const viewer of viewers) viewer.leave()
      return times.tookMs
    })
  } finally {
    redis.disconnect()
    await node.kill()
  }
}

async function toldPlainly(crowd: Crowd): Promise<number[]> {
  const node = await killable(PLAIN, {})
  const times = new Deliveries()
  const socketTo = async (path: string) => {
    const socket = new WebSocket(`ws://127.0.0.1:${node.port}/${path}`, {
      perMessageDeflate: false,
    })
    await once(socket, 'open')
    return socket
  }
  const sockets = await eachOf(placesOf(crowd), AT_ONCE, async (index) => {
    const socket = await socketTo(String(index))
    const heard = times.ofViewer(index)
    return socket.on('message', () => heard(1))
  })
  const speakers = await eachOf([...Array(crowd.boards).keys()], 1, (index) =>
    socketTo(`say/${index}`),
  )
  await times.of(crowd, async (index) => {
    times.said(index)
    speakers[index]!.send(Buffer.alloc(NEWS_BYTES))
  })
  for (const socket of [...sockets, ...speakers]) socket.terminate()
  await node.kill()
  return times.tookMs
}

/** Whoever was behind is told several at once. */
const eventsIn = (message: Buffer) => message.toString().split('"offset":').length - 1

/** For each viewer the board it looks at. */
const placesOf = ({ boards, viewers }: Crowd): number[] =>
  Array.from({ length: boards * viewers }, (_, index) => index % boards)

/** How long each piece of news took to each viewer. */
class Deliveries {
  readonly tookMs: number[] = []
  readonly #saidMs = new Map<number, number[]>()

  said(board: number): void {
    this.#saidMs.set(board, [...(this.#saidMs.get(board) ?? []), performance.now()])
  }

  /** What somebody who looks at a board says with each message: how many of the news it told. */
  ofViewer(board: number): (count: number) => void {
    let next = 0
    return (count) => {
      const nowMs = performance.now()
      const some = this.#saidMs.get(board)?.slice(next, next + count) ?? []
      next += some.length
      for (const saidMs of some) this.tookMs.push(nowMs - saidMs)
    }
  }

  /** One piece of news after the other, until all were heard by everybody. */
  async of({ boards, viewers, news, everyMs }: Crowd, say: (board: number) => Promise<void>) {
    for (let count = 0; count < news; count += 1) {
      await Promise.all([say(count % boards), sleep(everyMs)])
    }
    const untilMs = Date.now() + HEARD_LIMIT_MS
    while (this.tookMs.length < news * viewers && Date.now() < untilMs) await sleep(everyMs)
    const missing = news * viewers - this.tookMs.length
    if (missing !== 0) throw new Error(`${missing} of the news were not heard.`)
  }
}

/** Numbers and writes an event as the engine does, and answers it. */
async function anEvent(database: Knex, { boardId, workspaceId, ownerId }: SomeBoard) {
  return await database.transaction(async (trx) => {
    const [{ event_seq: offset }] = await trx('boards')
      .where({ id: boardId })
      .increment('event_seq', 1)
      .returning('event_seq')
    const [commandId, at] = [newId(), new Date()]
    await trx('board_events').insert({
      board_id: boardId,
      seq: offset,
      workspace_id: workspaceId,
      type: 'card.move',
      actor_id: ownerId,
      command_id: commandId,
      body: { reload: true },
      changes: {},
      created_at: at,
    })
    const event = { boardId, offset, type: 'card.move', actorId: ownerId, commandId }
    return { ...event, at: at.toISOString(), reload: true }
  })
}

/** Of so many who are dropped at once by a killed server, the share that is back ten seconds later. */
export async function backAfterDrop({ ours, floor, tokens }: TwoCollabs): Promise<Row> {
  const ofSide = async (side: CollabSide) => {
    const port = await freePort()
    const node = await side.start({ port })
    const textId = await side.aText()
    const visitors = await eachOf([...Array(DROPPED).keys()], AT_ONCE, async (index) => {
      const visitor = aVisitor(port, textId, tokens[index % tokens.length]!)
      while (!visitor.provider.isSynced) await sleep(10)
      return visitor
    })
    const untilMs = performance.now() + BACK_WITHIN_MS
    await node.kill()
    const next = await side.start({ port })
    const isBack = () => visitors.filter(({ provider }) => provider.isSynced).length
    while (isBack() < DROPPED && performance.now() < untilMs) await sleep(50)
    const share = (100 * isBack()) / DROPPED
    for (const { provider, socket } of visitors) {
      provider.destroy()
      socket.destroy()
    }
    await next.kill()
    return share
  }
  const share = { ours: await ofSide(ours), floor: await ofSide(floor) }
  return row(`of ${DROPPED} dropped at once back within 10 s, %`, share, atLeast(99))
}

function aVisitor(port: number, textId: string, token: string) {
  const socket = new HocuspocusProviderWebsocket({
    url: `ws://127.0.0.1:${port}/collab`,
    delay: Math.round(BACK_AFTER_MS.min + Math.random() * BACK_AFTER_MS.spread),
    minDelay: BACK_AFTER_MS.min,
    maxDelay: BACK_AFTER_MS.max,
    WebSocketPolyfill: BrowserSocket,
  })
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name: `card:${textId}`,
    token,
  })
  provider.attach()
  return { provider, socket }
}
