import { z } from 'zod'
import { type Role, ROLES } from '#core/kernel/permissions.ts'
import { Id } from './fields.ts'
import { MemberView } from './views.ts'

/** The role somebody is to have: one of the product's, or one the workspace has made. */
export const ROLE_FIELDS = { role: z.enum(ROLES).optional(), roleId: Id.optional() }
export const isOneRole = ({
  role,
  roleId,
}: {
  role?: Role | undefined
  roleId?: string | undefined
}) => (role === undefined) !== (roleId === undefined)
/** What is wrong with a role that is not one. */
export const NOT_ONE_ROLE = { error: 'names either a role or a roleId' }

export const RoleGiven = z.strictObject(ROLE_FIELDS).refine(isOneRole, NOT_ONE_ROLE)
export type RoleGiven = z.infer<typeof RoleGiven>

/** Somebody in the list of members; `roleId` when their role is one the workspace has made. */
export const ListedMember = MemberView.extend({ roleId: Id.nullable() })
export type ListedMember = z.infer<typeof ListedMember>
