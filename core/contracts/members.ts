import { z } from 'zod'
import { ROLES } from '#core/kernel/permissions.ts'
import { Id } from './fields.ts'
import { MemberView } from './views.ts'

/** The role somebody is to have: one of the product's, or one the workspace has made. */
export const RoleGiven = z
  .strictObject({ role: z.enum(ROLES).optional(), roleId: Id.optional() })
  .refine(({ role, roleId }) => (role === undefined) !== (roleId === undefined), {
    error: 'names either a role or a roleId',
  })
export type RoleGiven = z.infer<typeof RoleGiven>

/** Somebody in the list of members; `roleId` when their role is one the workspace has made. */
export const ListedMember = MemberView.extend({ roleId: Id.nullable() })
export type ListedMember = z.infer<typeof ListedMember>
