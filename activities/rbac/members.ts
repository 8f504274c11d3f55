import type { Knex } from 'knex'
import type { ListedMember } from '#core/contracts/members.ts'
import type { WorkspaceView } from '#core/contracts/views.ts'
import { keepsRights, type Membership } from '#core/kernel/member-rights.ts'
import { may } from '#core/kernel/permissions.ts'
import { readPage, type Page, type PageAsked } from '#core/platform/page.ts'
import { membershipOf, PROJECTS, type MembershipRow } from './standings.ts'
import { roleColumns } from './stored-role.ts'

type Row = MembershipRow & Pick<WorkspaceView, 'id' | 'name' | 'role' | 'roleName'>

/** The workspaces somebody belongs to, with what they may do there, by name. */
export async function workspacesOf(database: Knex, userId: string): Promise<WorkspaceView[]> {
  const { rows } = await database.raw<{ rows: Row[] }>(
    `select w.id, w.name, ${roleColumns('m')}, ${PROJECTS} as projects,
       (select name from roles where id = m.role_id) as "roleName"
     from workspace_members m join workspaces w on w.id = m.workspace_id
     where m.user_id = ? order by w.name, w.id`,
    [userId],
  )
  return rows.map(({ id, name, role, roleName, ...row }) => {
    const own = membershipOf({ ...row, role })
    return { id, name, role, roleName, permissions: [...own.rights], projects: projectsOf(own) }
  })
}

/** The projects somebody sees where they may do something else. */
function projectsOf(own: Membership): WorkspaceView['projects'] {
  if (keepsRights(own)) return []
  return [...own.projects]
    .filter(([, { rights }]) => may(rights, 'board.read'))
    .map(([projectId, { rights }]) => ({ projectId, permissions: [...rights] }))
}

/** The people of a workspace, by name; bots of flows are none. */
export async function membersOf(
  database: Knex,
  workspaceId: string,
  asked: PageAsked,
): Promise<Page<ListedMember>> {
  const list = {
    sql: `select u.id, u.name, u.hue, m.role, m.role_id as "roleId"
      from workspace_members m join users u on u.id = m.user_id where m.workspace_id = ?
        and m.role <> 'bot'`,
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
