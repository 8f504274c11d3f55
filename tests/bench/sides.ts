import { fileURLToPath } from 'node:url'
import { migrate } from '#start/database.ts'
import { answers } from '#start/parts/http.ts'
import type { Mover } from './movers.ts'
import type { Stage } from './stage.ts'
import {
  databaseBeside,
  someBoards,
  someMembers,
  tokenFor,
  withDatabase,
  type FullBoard,
} from './world.ts'

const BOARDS = 8
const CARDS_PER_BOARD = 300
const CLIENTS_MAX = 64
const WORKSPACES = 16
const CARDS_PER_MOVER = 4
const READY_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 10_000

/** A server that moves cards, and who asks it to. */
type Side = {
  /** People over the boards of one workspace, each with cards of their own. */
  crowd: (clients: number, boards: number) => Mover[]
  /** One person in each of the workspaces. */
  oneInEach: () => Mover[]
}

export type Sides = { ours: Side; floor: Side }

/** Fills a database for the product and one like it for the floor, and starts the floor. */
export async function theTwoSides(stage: Stage): Promise<Sides> {
  const { databaseUrl, environment, origin, portFor, keep, logOf } = stage
  const floorUrl = await databaseBeside(databaseUrl, 'floor')
  await migrate({ DATABASE_URL: floorUrl })
  const port = await portFor('floor')
  await keep({
    name: 'floor',
    command: process.execPath,
    args: [fileURLToPath(new URL('floors/eager-workflow.ts', import.meta.url))],
    env: { ...environment, DATABASE_URL: floorUrl, PORT: String(port) },
    ready: () => answers(`http://127.0.0.1:${port}/ready`),
    readyLimitMs: READY_LIMIT_MS,
    stopSignal: 'SIGTERM',
    stopLimitMs: STOP_LIMIT_MS,
    log: logOf('floor'),
  })
  const authKey = environment['AUTH_KEY']!
  const tokenOf = (userId: string) => tokenFor(authKey, userId)
  return {
    ours: await aSide(databaseUrl, origin, tokenOf),
    floor: await aSide(floorUrl, `http://127.0.0.1:${port}`, async (userId) => userId),
  }
}

async function aSide(
  databaseUrl: string,
  origin: string,
  tokenOf: (userId: string) => Promise<string>,
): Promise<Side> {
  const { shared, members, others } = await withDatabase(databaseUrl, async (database) => {
    const boards = await someBoards(database, BOARDS, CARDS_PER_BOARD)
    const others: FullBoard[] = []
    while (others.length < WORKSPACES - 1) {
      others.push(...(await someBoards(database, 1, CARDS_PER_BOARD)))
    }
    const users = await someMembers(database, boards[0]!, CLIENTS_MAX)
    await database.raw('vacuum analyze')
    return { shared: boards, members: users, others }
  })
  const tokens = await Promise.all(members.map(tokenOf))
  const owners = await Promise.all(others.map(({ ownerId }) => tokenOf(ownerId)))
  const mover = (client: number, over: number) =>
    moverOn(shared[client % over]!, Math.floor(client / over), { origin, token: tokens[client]! })
  return {
    crowd: (clients, over) => Array.from({ length: clients }, (_, client) => mover(client, over)),
    oneInEach: () => [
      mover(0, 1),
      ...others.map((board, index) => moverOn(board, 0, { origin, token: owners[index]! })),
    ],
  }
}

/** The mover with the cards at a place of the board's list, which are nobody else's. */
function moverOn(
  board: FullBoard,
  place: number,
  { origin, token }: Pick<Mover, 'origin' | 'token'>,
): Mover {
  const first = place * CARDS_PER_MOVER
  return {
    origin,
    token,
    cardIds: board.cardIds.slice(first, first + CARDS_PER_MOVER),
    columnIds: Object.values(board.columns),
    moves: 0,
  }
}
