import type { Knex } from 'knex'
import { newId } from '#core/kernel/ids.ts'
import { completed, type Permission, type Role } from '#core/kernel/permissions.ts'
import { rankBetween, spreadRanks } from '#core/kernel/rank.ts'

/**
 * Rows a test starts from, written past the engine. Every builder makes what it needs beneath it,
 * so a test names only what it is about.
 */
export interface SomeWorkspace {
  readonly workspaceId: string
  readonly ownerId: string
}

export interface SomeBoard extends SomeWorkspace {
  readonly projectId: string
  readonly boardId: string
  /** The ids of the columns, by their names. */
  readonly columns: Readonly<Record<string, string>>
}

interface UserWishes {
  readonly name?: string
  readonly email?: string
  /** Nobody can sign in with what stands there by default. */
  readonly passwordHash?: string
}

export async function aUser(database: Knex, wishes: UserWishes = {}): Promise<string> {
  const id = newId()
  const { name = 'Ann', email = `${id}@example.com`, passwordHash = 'none' } = wishes
  await database('users').insert({ id, email, name, hue: 200, password_hash: passwordHash })
  return id
}

/** A new user with a role in a workspace. */
export async function aMember(
  database: Knex,
  { workspaceId }: Pick<SomeWorkspace, 'workspaceId'>,
  role: Role,
  wishes: UserWishes = {},
): Promise<string> {
  const userId = await aUser(database, wishes)
  await database('workspace_members').insert({ workspace_id: workspaceId, user_id: userId, role })
  return userId
}

/** A new user with a role the workspace has made for these permissions. */
export async function aMemberWith(
  database: Knex,
  { workspaceId }: Pick<SomeWorkspace, 'workspaceId'>,
  permissions: readonly Permission[],
): Promise<string> {
  const [id, userId] = [newId(), await aUser(database)]
  const workspace_id = workspaceId
  await database('roles').insert({
    id,
    workspace_id,
    name: `Role ${id}`,
    permissions: completed(permissions),
  })
  const member = { workspace_id, user_id: userId, role: 'custom', role_id: id }
  await database('workspace_members').insert(member)
  return userId
}

export async function aWorkspace(database: Knex, name = 'Acme'): Promise<SomeWorkspace> {
  const workspaceId = newId()
  await database('workspaces').insert({ id: workspaceId, name })
  const ownerId = await aMember(database, { workspaceId }, 'owner', { name: 'Olive' })
  return { workspaceId, ownerId }
}

export async function aProject(
  database: Knex,
  { workspaceId, ownerId }: SomeWorkspace,
  { name = 'Checkout', key = 'CHK' } = {},
): Promise<string> {
  const id = newId()
  const row = { id, workspace_id: workspaceId, name, key, created_by: ownerId }
  await database('projects').insert(row)
  return id
}

interface BoardWishes {
  readonly name?: string
  readonly columns?: readonly string[]
  readonly within?: SomeWorkspace & { readonly projectId?: string }
}

/** A board with columns, in a workspace and project of its own unless it is put within some. */
export async function aBoard(database: Knex, wishes: BoardWishes = {}): Promise<SomeBoard> {
  const { name = 'Team', columns: names = ['To do', 'Done'], within } = wishes
  const { workspaceId, ownerId } = within ?? (await aWorkspace(database))
  const workspace = { workspaceId, ownerId }
  const projectId = within?.projectId ?? (await aProject(database, workspace))
  const boardId = newId()
  await database('boards').insert({
    id: boardId,
    workspace_id: workspaceId,
    project_id: projectId,
    name,
    created_by: ownerId,
  })
  const ranks = spreadRanks(names.length)
  const rows = names.map((column, index) => ({
    id: newId(),
    workspace_id: workspaceId,
    board_id: boardId,
    name: column,
    rank: ranks[index],
  }))
  await database('columns').insert(rows)
  const columns = Object.fromEntries(rows.map((row) => [row.name, row.id]))
  return { ...workspace, projectId, boardId, columns }
}

interface CardWishes {
  /** By name; the board's first column unless told. */
  readonly column?: string
  readonly title?: string
  readonly description?: string
  /** Other columns of `cards`, by their names there. */
  readonly row?: Readonly<Record<string, unknown>>
}

/** A card at the end of a column. */
export async function aCard(
  database: Knex,
  board: SomeBoard,
  wishes: CardWishes = {},
): Promise<string> {
  const column = wishes.column ?? Object.keys(board.columns)[0]!
  const columnId = board.columns[column]!
  const id = newId()
  await database.transaction(async (trx) => {
    // As actions do, so that none of them takes the same place.
    await trx('boards').where({ id: board.boardId }).forNoKeyUpdate()
    const last = await trx('cards').where({ column_id: columnId }).max('rank').first()
    await trx('cards').insert({
      id,
      ...placeOf(board),
      column_id: columnId,
      rank: rankBetween(last?.['max'] ?? null, null),
      number: await nextNumbers(trx, board.projectId, 1),
      title: wishes.title ?? 'Fix login',
      description: wishes.description ?? '',
      ...wishes.row,
    })
  })
  return id
}

/** Many plain cards at once, spread evenly over the columns; answers their ids. */
export async function manyCards(
  database: Knex,
  board: SomeBoard,
  count: number,
): Promise<string[]> {
  const columnIds = Object.values(board.columns)
  const ranks = spreadRanks(count)
  const first = await nextNumbers(database, board.projectId, count)
  const rows = ranks.map((rank, index) => ({
    id: newId(),
    ...placeOf(board),
    column_id: columnIds[index % columnIds.length],
    rank,
    number: first + index,
    title: `Card ${index + 1} of the many that are here`,
  }))
  await database.batchInsert<Record<string, unknown>>('cards', rows, 1_000)
  return rows.map(({ id }) => id)
}

const placeOf = ({ workspaceId, projectId, boardId, ownerId }: SomeBoard) => ({
  workspace_id: workspaceId,
  project_id: projectId,
  board_id: boardId,
  created_by: ownerId,
})

/** Takes `count` card numbers of the project; answers the first. */
async function nextNumbers(database: Knex, projectId: string, count: number): Promise<number> {
  const [row] = await database('projects')
    .where({ id: projectId })
    .increment('last_card_number', count)
    .returning('last_card_number')
  return row.last_card_number - count + 1
}
