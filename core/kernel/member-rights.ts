import { may, ROLES, type Role } from './permissions.ts'

/** Which roles somebody may give a member who has one now: none when they may not change them. */
export function rolesToGive(own: Role, theirs: Role): readonly Role[] {
  if (own === 'owner') return ROLES
  if (!may(own, 'members.manage') || theirs === 'owner') return []
  return ROLES.filter((role) => role !== 'owner')
}
