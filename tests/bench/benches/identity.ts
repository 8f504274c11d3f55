import type { Knex } from 'knex'
import { boardHead, boardView } from '#activities/kanban/queries.ts'
import { readAs } from '#core/platform/acting-as.ts'
import { openDatabase } from '#core/platform/database.ts'
import { migrate } from '#start/database.ts'
import type { Environment } from '#start/servers.ts'
import type { SomeBoard } from '#tests/support/fixtures.ts'
import { auditedMoves } from '../audited-moves.ts'
import { atMostTimes, row, type Reach, type Row } from '../row.ts'
import type { Stage } from '../stage.ts'
import { summarise, type Summary } from '../summary.ts'
import { databaseBeside, someBoards, withDatabase } from '../world.ts'

const ROUNDS = 300
const WARM_UP_ROUNDS = 30
const CARDS = 1_000
const CARDS_OF_OTHERS = 100_000
const CARDS_PER_STRANGER = 10_000
const STATEMENT_LIMIT_MS = 60_000

/** What it costs that Postgres keeps workspaces apart, and that everything is audited. */
export async function identity(stage: Stage): Promise<Row[]> {
  const alone = await aPlace(stage, 'alone', 0)
  const crowded = await aPlace(stage, 'crowded', CARDS_OF_OTHERS)
  try {
    return [
      await asOwnerAndAsReader(alone),
      await amongOthers(alone, crowded),
      await auditedMoves(alone),
    ]
  } finally {
    await Promise.all(
      [alone, crowded].flatMap(({ owner, api, actions }) => [owner, api, actions]).map(end),
    )
  }
}

const end = (database: Knex) => database.destroy()

/** A database with a board, and how its owner, the API and card actions log in to it. */
export interface Place {
  readonly owner: Knex
  readonly api: Knex
  readonly actions: Knex
  readonly board: SomeBoard & { cardIds: readonly string[] }
}

async function aPlace(stage: Stage, name: string, cardsOfOthers: number): Promise<Place> {
  const addresses = await addressesBeside(stage, name)
  await migrate(addresses)
  const board = await withDatabase(addresses['DATABASE_URL']!, async (database) => {
    const [made] = await someBoards(database, 1, CARDS)
    for (let cards = 0; cards < cardsOfOthers; cards += CARDS_PER_STRANGER) {
      await someBoards(database, 1, CARDS_PER_STRANGER)
    }
    await database.raw('vacuum analyze')
    return made!
  })
  const open = (setting: string, prepares = false) =>
    openDatabase({
      url: addresses[setting]!,
      name: 'bench',
      connectionsMax: 1,
      statementLimitMs: STATEMENT_LIMIT_MS,
      prepares,
    })
  return {
    owner: open('DATABASE_URL'),
    api: open('API_DATABASE_URL'),
    actions: open('ACTIONS_DATABASE_URL', true),
    board,
  }
}

/** The stage's own addresses, of another database on the same server. */
async function addressesBeside({ databaseUrl, environment }: Stage, name: string) {
  const { pathname } = new URL(await databaseBeside(databaseUrl, name))
  const all = Object.entries(environment).filter(([setting]) => setting.endsWith('DATABASE_URL'))
  const beside = all.map(([setting, address]) => {
    const url = new URL(address)
    url.pathname = pathname
    return [setting, url.href]
  })
  return Object.fromEntries(beside) as Environment
}

const ATOP: Reach = {
  text: '<= 1.3 x or + 1.5',
  holds: (ours, floor) => ours <= Math.max(1.3 * floor, floor + 1.5),
}

/** The same small query: bare, by who owns the tables, and as one reader in a transaction. */
async function asOwnerAndAsReader({ owner, api, board }: Place): Promise<Row> {
  const { ownerId: userId, boardId } = board
  const times = await inTurns({
    ours: () => readAs(api, { userId }, (trx) => boardHead(trx, userId, boardId)),
    floor: () => boardHead(owner, userId, boardId),
  })
  const figures = { ours: times.ours.p50, floor: times.floor.p50, times }
  return row('a read with row security and its context, p50 ms', figures, ATOP)
}

async function amongOthers(alone: Place, crowded: Place): Promise<Row> {
  const reading = ({ api, board: { ownerId: userId, boardId } }: Place) => {
    return () => readAs(api, { userId }, (trx) => boardView(trx, userId, boardId))
  }
  const times = await inTurns({ ours: reading(crowded), floor: reading(alone) })
  const figures = { ours: times.ours.p50, floor: times.floor.p50, times }
  const what = 'a board of 1,000 cards among 100,000 of others, p50 ms'
  return row(what, figures, atMostTimes(1.2))
}

async function inTurns(
  ways: Record<'ours' | 'floor', () => Promise<unknown>>,
): Promise<{ ours: Summary; floor: Summary }> {
  const times: Record<keyof typeof ways, number[]> = { ours: [], floor: [] }
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    for (const way of ['ours', 'floor'] as const) {
      const startedMs = performance.now()
      await ways[way]()
      if (round >= 0) times[way].push(performance.now() - startedMs)
    }
  }
  return { ours: summarise(times.ours), floor: summarise(times.floor) }
}
