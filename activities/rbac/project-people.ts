import type { Knex } from 'knex'
import type { ProjectMember, ProjectPeople, RoleInProject } from '#core/contracts/members.ts'
import { readPage, type PageAsked } from '#core/platform/page.ts'

type Row = Omit<ProjectMember, 'inProject'> & {
  readonly roleThere: RoleInProject['role'] | null
  readonly roleIdThere: string | null
}

/** The people of a project's workspace, by name, each with what is said of them in the project. */
export async function projectPeople(
  database: Knex,
  projectId: string,
  asked: PageAsked,
): Promise<ProjectPeople> {
  const list = {
    sql: `select u.id, u.name, u.hue, m.role, m.role_id as "roleId",
        o.role as "roleThere", o.role_id as "roleIdThere"
      from projects p
      join workspace_members m on m.workspace_id = p.workspace_id and m.role <> 'bot'
      join users u on u.id = m.user_id
      left join project_roles o on o.project_id = p.id and o.user_id = m.user_id
      where p.id = ?`,
    bindings: [projectId],
    key: [
      ['name', 'text'],
      ['id', 'uuid'],
    ],
    direction: 'asc',
  } as const
  const page = await readPage(database, list, asked, (row: Row) => {
    const { id, name, hue, role, roleId, roleThere, roleIdThere } = row
    const inProject = roleThere && { role: roleThere, roleId: roleIdThere }
    return { id, name, hue, role, roleId, inProject }
  })
  const everybody = await database('project_roles')
    .where({ project_id: projectId, user_id: null })
    .first<RoleInProject | undefined>('role', { roleId: 'role_id' })
  return { ...page, everybody: everybody ?? null }
}
