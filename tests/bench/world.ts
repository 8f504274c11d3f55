import type { Knex } from 'knex'
import pg from 'pg'
import { signToken, tokenKeys } from '#core/platform/access-token.ts'
import { openDatabase } from '#core/platform/database.ts'
import type { SomeBoard, SomeWorkspace } from '#tests/support/fixtures.ts'
import { aBoard, aMember, aProject, aWorkspace, manyCards } from '#tests/support/fixtures.ts'

/** A board with the cards on it, and who may move them. */
export type FullBoard = SomeBoard & { cardIds: readonly string[] }

const COLUMNS = ['Ideas', 'To do', 'In progress', 'Review', 'Done']
const CONNECTIONS_MAX = 2
const STATEMENT_LIMIT_MS = 60_000
/** A benchmark takes minutes; its tokens last. */
const TOKEN_LIFE_S = 3_600

/** Does something with a database and lets go of it. */
export async function withDatabase<Result>(
  url: string,
  work: (database: Knex) => Promise<Result>,
): Promise<Result> {
  const database = openDatabase({
    url,
    name: 'bench',
    connectionsMax: CONNECTIONS_MAX,
    statementLimitMs: STATEMENT_LIMIT_MS,
  })
  try {
    return await work(database)
  } finally {
    await database.destroy()
  }
}

/** The address of a new, empty database on the same server. */
export async function databaseBeside(databaseUrl: string, name: string): Promise<string> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  const url = new URL(databaseUrl)
  url.pathname = name
  return url.href
}

/** A workspace with a project of as many boards as asked for. */
export async function someBoards(
  database: Knex,
  boards: number,
  cardsPerBoard: number,
): Promise<FullBoard[]> {
  const workspace = await aWorkspace(database)
  const projectId = await aProject(database, workspace)
  const made: FullBoard[] = []
  for (let count = 0; count < boards; count += 1) {
    made.push(await fullBoard(database, { ...workspace, projectId }, cardsPerBoard))
  }
  return made
}

async function fullBoard(
  database: Knex,
  within: SomeWorkspace & { projectId: string },
  cards: number,
): Promise<FullBoard> {
  const board = await aBoard(database, { columns: COLUMNS, within })
  return { ...board, cardIds: await manyCards(database, board, cards) }
}

/** The ids of new members of a workspace. */
export async function someMembers(
  database: Knex,
  workspace: SomeWorkspace,
  count: number,
): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => ({ name: `Member ${index + 1}` }))
  return await Promise.all(names.map((named) => aMember(database, workspace, 'member', named)))
}

/** An access token as the API gives them out. `authKey` is the AUTH_KEY of the servers. */
export async function tokenFor(authKey: string, userId: string): Promise<string> {
  return await signToken(tokenKeys(authKey), 'api', userId, TOKEN_LIFE_S)
}

/** The demo's board of 5,000 cards, with who made it. */
export async function stressBoard(database: Knex): Promise<SomeBoard> {
  const board = await database('boards').where({ name: 'Stress' }).first()
  const { id: boardId, workspace_id: workspaceId, project_id: projectId } = board
  return { boardId, workspaceId, projectId, ownerId: board.created_by, columns: {} }
}

/** The same, by its id. */
export async function stressBoardId(database: Knex): Promise<string> {
  const { id } = await database('boards').where({ name: 'Stress' }).first('id')
  return id as string
}
