import type { Standing } from '#core/kernel/member-rights.ts'
import { rightsOf, type MemberRole } from '#core/kernel/permissions.ts'

/** How somebody stands, and which of the workspace's own roles it is, if it is one. */
export interface StoredRole extends Standing {
  readonly roleId: string | null
}

/** A role as the columns of ROLE tell it; `made` is what one of the workspace's own holds. */
export interface RoleRow {
  readonly role: MemberRole
  readonly roleId: string | null
  readonly made: string[] | null
}

/**
 * What the custom role of the member `m` holds, in SQL; null for whoever has another. A subquery,
 * so that nobody else waits for it.
 */
export const MADE = `case when m.role = 'custom' then
    (select r.permissions from roles r where r.id = m.role_id) end`

/** The columns of a RoleRow, of the member `m`. */
export const ROLE = `m.role, m.role_id as "roleId", ${MADE} as made`

export const standingOf = ({ role, roleId, made }: RoleRow): StoredRole => ({
  role,
  roleId,
  rights: rightsOf(role, made),
})

/** For the audit: a made role is told by its id too, for its name may change. */
export const told = ({ role, roleId }: StoredRole) => ({ role, ...(roleId && { roleId }) })
