import type { Knex } from 'knex'
import type { BoardSummary, LabelView, ProjectView } from '#core/contracts/views.ts'
import { readPage, type Page, type PageAsked } from '#core/platform/page.ts'

type ProjectRow = Omit<ProjectView, 'archivedAt'> & { archivedAt: Date | null }
type BoardRow = Omit<BoardSummary, 'archivedAt'> & { archivedAt: Date | null }

const PROJECT = `select p.id, p.workspace_id as "workspaceId", p.name, p.key,
  p.archived_at as "archivedAt" from projects p`

/** A project of one of the reader's workspaces, or null. */
export async function projectFor(
  database: Knex,
  userId: string,
  projectId: string,
): Promise<ProjectView | null> {
  const { rows } = await database.raw<{ rows: ProjectRow[] }>(
    `${PROJECT} join workspace_members m on m.workspace_id = p.workspace_id and m.user_id = ?
     where p.id = ?`,
    [userId, projectId],
  )
  return rows[0] ? showProject(rows[0]) : null
}

/** The projects of a workspace by name: those at work, or those put away. */
export async function projectsOf(
  database: Knex,
  workspaceId: string,
  archived: boolean,
  asked: PageAsked,
): Promise<Page<ProjectView>> {
  const list = {
    sql: `${PROJECT} where p.workspace_id = ? and (p.archived_at is not null) = ?`,
    bindings: [workspaceId, archived],
    key: [
      ['name', 'text'],
      ['id', 'uuid'],
    ],
    direction: 'asc',
  } as const
  return await readPage(database, list, asked, showProject)
}

/** The boards of a project by name, with how many open cards each has. */
export async function boardsOf(
  database: Knex,
  projectId: string,
  archived: boolean,
  asked: PageAsked,
): Promise<Page<BoardSummary>> {
  const list = {
    sql: `select b.id, b.workspace_id as "workspaceId", b.project_id as "projectId", b.name,
        b.archived_at as "archivedAt", coalesce(c.open_cards, 0) as "openCards"
      from boards b left join board_counters c on c.board_id = b.id
      where b.project_id = ? and (b.archived_at is not null) = ?`,
    bindings: [projectId, archived],
    key: [
      ['name', 'text'],
      ['id', 'uuid'],
    ],
    direction: 'asc',
  } as const
  return await readPage(database, list, asked, showBoard)
}

/** The labels of a project, by name. */
export async function labelsOf(
  database: Knex,
  projectId: string,
  asked: PageAsked,
): Promise<Page<LabelView>> {
  const list = {
    sql: 'select id, name, colour from labels where project_id = ? and deleted_at is null',
    bindings: [projectId],
    key: [
      ['name', 'text'],
      ['id', 'uuid'],
    ],
    direction: 'asc',
  } as const
  return await readPage(database, list, asked, ({ id, name, colour }: LabelView) => ({
    id,
    name,
    colour,
  }))
}

/** The open columns of all boards of a project, in the order they stand there. */
export async function columnsOf(
  database: Knex,
  projectId: string,
): Promise<{ id: string; boardId: string; name: string }[]> {
  const { rows } = await database.raw(
    `select c.id, c.board_id as "boardId", c.name from columns c join boards b on b.id = c.board_id
     where b.project_id = ? and b.archived_at is null and c.archived_at is null
     order by lower(b.name), b.id, c.rank`,
    [projectId],
  )
  return rows
}

function showProject({ id, workspaceId, name, key, archivedAt }: ProjectRow): ProjectView {
  return { id, workspaceId, name, key, archivedAt: archivedAt?.toISOString() ?? null }
}

function showBoard(row: BoardRow): BoardSummary {
  const { id, workspaceId, projectId, name, archivedAt, openCards } = row
  return {
    id,
    workspaceId,
    projectId,
    name,
    archivedAt: archivedAt?.toISOString() ?? null,
    openCards,
  }
}
