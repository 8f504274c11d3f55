import type { Knex } from 'knex'
import type { MemberView, WorkspaceView } from '#core/contracts/views.ts'
import { readPage, type Page, type PageAsked } from '#core/platform/page.ts'

/** The workspaces somebody belongs to, with their role, by name. */
export async function workspacesOf(database: Knex, userId: string): Promise<WorkspaceView[]> {
  const { rows } = await database.raw<{ rows: WorkspaceView[] }>(
    `select w.id, w.name, m.role
     from workspace_members m join workspaces w on w.id = m.workspace_id
     where m.user_id = ? order by w.name, w.id`,
    [userId],
  )
  return rows
}

/** The people of a workspace, by name. */
export async function membersOf(
  database: Knex,
  workspaceId: string,
  asked: PageAsked,
): Promise<Page<MemberView>> {
  const list = {
    sql: `select u.id, u.name, u.hue, m.role
      from workspace_members m join users u on u.id = m.user_id where m.workspace_id = ?`,
    bindings: [workspaceId],
    key: [
      ['name', 'text'],
      ['id', 'uuid'],
    ],
    direction: 'asc',
  } as const
  return await readPage(database, list, asked, ({ id, name, hue, role }: MemberView) => ({
    id,
    name,
    hue,
    role,
  }))
}
