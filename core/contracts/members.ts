import { z } from 'zod'
import { PROJECT_ROLES, ROLES } from '#core/kernel/permissions.ts'
import { Id } from './fields.ts'
import { MemberView, pageOf } from './views.ts'

/** The role somebody is to have: one of the product's, or one the workspace has made. */
export const ROLE_FIELDS = { role: z.enum(ROLES).optional(), roleId: Id.optional() }
export const isOneRole = ({ role, roleId }: { role?: unknown; roleId?: unknown }) =>
  (role === undefined) !== (roleId === undefined)
/** What is wrong with a role that is not one. */
export const NOT_ONE_ROLE = { error: 'names either a role or a roleId' }

export const RoleGiven = z.strictObject(ROLE_FIELDS).refine(isOneRole, NOT_ONE_ROLE)
export type RoleGiven = z.infer<typeof RoleGiven>

/** What somebody is to be in one project; with `none` they do not see it. */
export const ProjectRoleGiven = z
  .strictObject({ role: z.enum(PROJECT_ROLES).optional(), roleId: Id.optional() })
  .refine(isOneRole, NOT_ONE_ROLE)
export type ProjectRoleGiven = z.infer<typeof ProjectRoleGiven>

/** Somebody in the list of members; `roleId` when their role is one the workspace has made. */
export const ListedMember = MemberView.extend({ roleId: Id.nullable() })
export type ListedMember = z.infer<typeof ListedMember>

/** What is said of somebody in one project; `roleId` when it is a role the workspace has made. */
export const RoleInProject = z.strictObject({
  role: z.enum([...PROJECT_ROLES, 'custom']),
  roleId: Id.nullable(),
})
export type RoleInProject = z.infer<typeof RoleInProject>

/** Somebody of a project's workspace; `inProject` when they are something else there. */
export const ProjectMember = ListedMember.extend({ inProject: RoleInProject.nullable() })
export type ProjectMember = z.infer<typeof ProjectMember>

/** The same of all, and what is said of `everybody` of whom nothing else is said. */
export const ProjectPeople = pageOf(ProjectMember).extend({ everybody: RoleInProject.nullable() })
export type ProjectPeople = z.infer<typeof ProjectPeople>
