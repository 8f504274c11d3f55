import type { ProjectRoleGiven, RoleGiven } from '#core/contracts/members.ts'
import type { RoleView } from '#core/contracts/roles.ts'
import type { Standing } from '#core/kernel/member-rights.ts'
import {
  PROJECT_ROLES,
  rightsOf,
  ROLES,
  type MemberRole,
  type ProjectRole,
} from '#core/kernel/permissions.ts'

/** A role as it is stored with somebody: one of the product's, or the id of one that was made. */
export interface HeldRole {
  readonly role: MemberRole | ProjectRole
  readonly roleId: string | null
}

/** A role somebody can be given, in a workspace or in one project. */
interface Choice<Role extends MemberRole | ProjectRole, Given> extends HeldRole {
  readonly role: Role
  /** What it is called; the words for the product's roles are the page's. */
  readonly name: string | undefined
  readonly standing: Standing
  readonly given: Given
}

export type RoleChoice = Choice<MemberRole, RoleGiven>
export type ProjectRoleChoice = Choice<ProjectRole, ProjectRoleGiven>

/** All roles of a workspace: the product's, strongest first, then its own by name. */
export const roleChoices = (made: readonly RoleView[]): RoleChoice[] => [
  ...ROLES.map(choiceOf),
  ...made.map(madeChoice),
]

/** All that can be said of somebody in a project, and last that they do not see it. */
export const projectRoleChoices = (made: readonly RoleView[]): ProjectRoleChoice[] => [
  ...PROJECT_ROLES.filter((role) => role !== 'none').map(choiceOf),
  ...made.map(madeChoice),
  choiceOf('none' as const),
]

const choiceOf = <Role extends Exclude<MemberRole | ProjectRole, 'custom'>>(role: Role) => ({
  role,
  roleId: null,
  name: undefined,
  standing: { role, rights: rightsOf(role, null) },
  given: { role },
})

const madeChoice = ({ id, name, permissions }: RoleView) => ({
  role: 'custom' as const,
  roleId: id,
  name,
  standing: { role: 'custom' as const, rights: rightsOf('custom', permissions) },
  given: { roleId: id },
})

export const isSameRole = (one: HeldRole, other: HeldRole) =>
  one.role === other.role && one.roleId === other.roleId
