import { type AnyRole, may, NO_RIGHTS, type Rights } from './permissions.ts'

/** What somebody is, and what they may do for it. */
export interface Standing {
  readonly role: AnyRole
  readonly rights: Rights
}

/** What a member is in the workspace, and in each project where they are something else. */
export interface Membership extends Standing {
  readonly projects: ReadonlyMap<string, Standing>
}

/** Who is nothing, of whom nothing could be given or taken away. */
export const NOBODY: Standing = { role: 'none', rights: NO_RIGHTS }

/** Owners and admins of the workspace are that in all its projects. */
export const keepsRights = ({ role }: Standing) => role === 'owner' || role === 'admin'

/** What a member is in a project; where there is none, in the workspace. */
export function standingIn(member: Membership, projectId: string | null): Standing {
  if (projectId === null || keepsRights(member)) return member
  return member.projects.get(projectId) ?? member
}

/**
 * Whether somebody may make a member who stands as `theirs` stand as `given`, or take them out with
 * null. Owners may; who else manages members neither gives nor takes away more than they hold.
 */
export function mayGive(own: Standing, theirs: Standing, given: Standing | null): boolean {
  return [theirs, given].every((each) => each === null || mayInvite(own, each))
}

/** Whether somebody may take people in who will stand as `given`, and take that back. */
export function mayInvite(own: Standing, given: Standing): boolean {
  return own.role === 'owner' || mayHandle(own, given)
}

/** Whether somebody may shape a role that gives these rights. */
export function mayShape(own: Standing, ...given: readonly Rights[]): boolean {
  return given.every((rights) => mayHandle(own, { role: 'custom', rights }))
}

/** Admins are more than their rights: nothing that is said of them in a project counts. */
function mayHandle(own: Standing, { role, rights }: Standing): boolean {
  const isBeyond = role === 'owner' || (role === 'admin' && own.role !== 'admin')
  return may(own.rights, 'members.manage') && !isBeyond && rights.isSubsetOf(own.rights)
}
