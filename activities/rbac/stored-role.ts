import type { Standing } from '#core/kernel/member-rights.ts'
import { type AnyRole, rightsOf } from '#core/kernel/permissions.ts'

/** How somebody stands, and which of the workspace's own roles it is, if it is one. */
export interface StoredRole extends Standing {
  readonly roleId: string | null
}

/** A role as the columns of `roleColumns` tell it; `made` is what one of the workspace's own holds. */
export interface RoleRow {
  readonly role: AnyRole
  readonly roleId: string | null
  readonly made: string[] | null
}

/** What a custom role holds, in SQL, else null. A subquery, so that nobody else waits for it. */
export const madeOf = (row: string) => `case when ${row}.role = 'custom' then
    (select r.permissions from roles r where r.id = ${row}.role_id) end`

/** The columns of a RoleRow, of a row of workspace_members or project_roles. */
export const roleColumns = (row: string) => `${row}.role, ${row}.role_id as "roleId",
  ${madeOf(row)} as made`

/** What `x` says is said of the member `m`: by name, or of everybody, which no bot is among. */
export const saidOfMember = (x: string) =>
  `(${x}.user_id = m.user_id or ${x}.user_id is null and m.role <> 'bot')`

/** What is said of the member `m` in a project, as `o`: nothing of who owns or runs the workspace. */
export const inProject = (projectId: string) => `left join lateral (
    select x.role, x.role_id from project_roles x
    where x.project_id = ${projectId} and ${saidOfMember('x')}
      and m.role not in ('owner', 'admin')
    order by x.user_id nulls last limit 1
  ) o on true`

/** The role of the member `m` where `o` is what is said of them there, and what a custom one holds. */
export const ROLE_THERE = `coalesce(o.role, m.role)`
export const MADE_THERE = `case when ${ROLE_THERE} = 'custom' then (
    select r.permissions from roles r
    where r.id = case when o.role is null then m.role_id else o.role_id end) end`

/** What the member may do there, as a text that is another one when they may do something else. */
export const RIGHTS_THERE = `concat(${ROLE_THERE}, ' ', ${MADE_THERE})`

export const standingOf = ({ role, roleId, made }: RoleRow): StoredRole => ({
  role,
  roleId,
  rights: rightsOf(role, made),
})

/** For the audit: a made role is told by its id too, for its name may change. */
export const told = ({ role, roleId }: StoredRole) => ({ role, ...(roleId && { roleId }) })
