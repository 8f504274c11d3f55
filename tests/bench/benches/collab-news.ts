import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { Knex } from 'knex'
import { WebSocket } from 'ws'
import { boardEventsChannel } from '#core/platform/channels.ts'
import { newId } from '#core/kernel/ids.ts'
import type { SomeBoard } from '#tests/support/fixtures.ts'
import { killable } from '#tests/support/killable.ts'
import type { TwoCollabs } from '../collab-sides.ts'
import { AT_ONCE, eachOf } from '../crowd.ts'
import { type Crowd, Deliveries } from '../deliveries.ts'
import { aRawViewer } from '../raw-viewer.ts'
import { atMost, row, type Row } from '../row.ts'
import { summarise } from '../summary.ts'
import { someBoards, tokenFor, withDatabase } from '../world.ts'

const PLAIN = new URL('../floors/plain-sockets.ts', import.meta.url)
const SETTLED_AFTER_MS = 3_000
/** As long as an event is that is told. */
const NEWS_BYTES = 400

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
