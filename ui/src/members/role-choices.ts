import type { RoleGiven } from '#core/contracts/members.ts'
import type { RoleView } from '#core/contracts/roles.ts'
import type { Standing } from '#core/kernel/member-rights.ts'
import { rightsOf, ROLES, type MemberRole } from '#core/kernel/permissions.ts'

/** A role as it is stored with somebody: one of the product's, or the id of one that was made. */
export interface HeldRole {
  readonly role: MemberRole
  readonly roleId: string | null
}

/** A role somebody can be given. */
export interface RoleChoice extends HeldRole {
  /** What it is called; the words for the product's roles are the page's. */
  readonly name: string | undefined
  readonly standing: Standing
  readonly given: RoleGiven
}

/** All roles of a workspace: the product's, strongest first, then its own by name. */
export function roleChoices(made: readonly RoleView[]): RoleChoice[] {
  return [
    ...ROLES.map((role) => ({
      role,
      roleId: null,
      name: undefined,
      standing: { role, rights: rightsOf(role, null) },
      given: { role },
    })),
    ...made.map(({ id, name, permissions }) => ({
      role: 'custom' as const,
      roleId: id,
      name,
      standing: { role: 'custom' as const, rights: rightsOf('custom', permissions) },
      given: { roleId: id },
    })),
  ]
}

export const isSameRole = (one: HeldRole, other: HeldRole) =>
  one.role === other.role && one.roleId === other.roleId
