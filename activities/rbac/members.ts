import type { Knex } from 'knex'
import type { ListedMember } from '#core/contracts/members.ts'
import type { WorkspaceView } from '#core/contracts/views.ts'
import { rightsOf } from '#core/kernel/permissions.ts'
import { readPage, type Page, type PageAsked } from '#core/platform/page.ts'
import { ROLE, type RoleRow } from './stored-role.ts'

type Row = RoleRow & Pick<WorkspaceView, 'id' | 'name' | 'roleName'>

/** The workspaces somebody belongs to, with what they may do there, by name. */
export async function workspacesOf(database: Knex, userId: string): Promise<WorkspaceView[]> {
  const { rows } = await database.raw<{ rows: Row[] }>(
    `select w.id, w.name, ${ROLE}, (select name from roles where id = m.role_id) as "roleName"
     from workspace_members m join workspaces w on w.id = m.workspace_id
     where m.user_id = ? order by w.name, w.id`,
    [userId],
  )
  return rows.map(({ id, name, role, roleName, made }) => ({
    id,
    name,
    role,
    roleName,
    permissions: [...rightsOf(role, made)],
  }))
}

/** The people of a workspace, by name. */
export async function membersOf(
  database: Knex,
  workspaceId: string,
  asked: PageAsked,
): Promise<Page<ListedMember>> {
  const list = {
    sql: `select u.id, u.name, u.hue, m.role, m.role_id as "roleId"
      from workspace_members m join users u on u.id = m.user_id where m.workspace_id = ?`,
    bindings: [workspaceId],
    key: [
      ['name', 'text'],
      ['id', 'uuid'],
    ],
    direction: 'asc',
  } as const
  return await readPage(database, list, asked, ({ id, name, hue, role, roleId }: ListedMember) => ({
    id,
    name,
    hue,
    role,
    roleId,
  }))
}
