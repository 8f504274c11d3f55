import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { WebSocket } from 'ws'
import { BoardMessage } from '#core/contracts/events.ts'
import { within } from '#core/kernel/within.ts'
import type { SomeBoard } from '#tests/support/fixtures.ts'
import { drive, drivePaced, type Mover } from '../movers.ts'
import { atMostMore, row, type Row } from '../row.ts'
import type { Stage } from '../stage.ts'
import { summarise } from '../summary.ts'
import { someBoards, someMembers, tokenFor, withDatabase, type FullBoard } from '../world.ts'

const CARDS = 300
const MOVES = 300
const MOVE_EVERY_MS = 100
const WARM_UP_MS = 3_000
/** A card is not moved again before everybody has seen its last move. */
const CARDS_OF_THE_MOVER = 50
const SEEN_LIMIT_MS = 10_000

/** How long a move takes to be seen on another member's socket, against its own answer. */
export async function live(stage: Stage): Promise<Row[]> {
  const { board, userIds } = await withDatabase(stage.databaseUrl, async (database) => {
    const [made] = await someBoards(database, 1, CARDS)
    return { board: made!, userIds: await someMembers(database, made!, 2) }
  })
  const authKey = stage.environment['AUTH_KEY']!
  const [mine, theirs] = await Promise.all(userIds.map((userId) => tokenFor(authKey, userId)))
  const mover = moverOn(board, stage.origin, mine!)
  await drive([mover], WARM_UP_MS)

  const sentMs = new Map<string, number>()
  const seenMs: number[] = []
  const all = Promise.withResolvers<void>()
  const leave = await view(stage.origin, board, theirs!, (cardId) => {
    const sent = sentMs.get(cardId)
    if (sent === undefined) return
    sentMs.delete(cardId)
    if (seenMs.push(performance.now() - sent) === MOVES) all.resolve()
  })
  try {
    const answeredMs = await drivePaced(mover, {
      count: MOVES,
      everyMs: MOVE_EVERY_MS,
      onSend: (cardId) => sentMs.set(cardId, performance.now()),
    })
    await within(all.promise, SEEN_LIMIT_MS)
    const times = { ours: summarise(seenMs), floor: summarise(answeredMs) }
    const figures = { ours: times.ours.p95, floor: times.floor.p95, times }
    return [row('move seen by another against its answer, p95 ms', figures, atMostMore(50))]
  } finally {
    leave()
  }
}

function moverOn({ cardIds, columns }: FullBoard, origin: string, token: string): Mover {
  const columnIds = Object.values(columns)
  return { origin, token, cardIds: cardIds.slice(0, CARDS_OF_THE_MOVER), columnIds, moves: 0 }
}

/** Follows a board as a browser does, through the API's address; gives the way to leave. */
async function view(
  origin: string,
  { boardId }: SomeBoard,
  token: string,
  onCard: (cardId: string) => void,
): Promise<() => void> {
  const { epoch, offset } = await boardMark(origin, boardId, token)
  const url = `${origin.replace('http', 'ws')}/collab`
  const socket = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: WebSocket })
  const ready = Promise.withResolvers<void>()
  const provider = new HocuspocusProvider({
    websocketProvider: socket,
    name: `board:${boardId}`,
    token,
    onSynced: () => {
      provider.sendStateless(JSON.stringify({ kind: 'resume', epoch, offset }))
      ready.resolve()
    },
    onAuthenticationFailed: ({ reason }) => ready.reject(new Error(reason)),
    onStateless: ({ payload }) => {
      const message = BoardMessage.parse(JSON.parse(payload))
      if (message.kind === 'reset') throw new Error('The viewer was told to begin anew.')
      for (const { cardId } of message.events) if (cardId) onCard(cardId)
    },
  })
  provider.attach()
  await within(ready.promise, SEEN_LIMIT_MS)
  return () => {
    provider.destroy()
    socket.destroy()
  }
}

async function boardMark(origin: string, boardId: string, token: string) {
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${origin}/api/v1/boards/${boardId}`, { headers })
  return (await response.json()) as { epoch: string; offset: number }
}
