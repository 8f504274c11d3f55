import { z } from 'zod'
import { GIVABLE } from '#core/kernel/permissions.ts'
import { Id, Name } from './fields.ts'

const Permissions = z.array(z.enum(GIVABLE)).min(1).max(GIVABLE.length)

/** A role a workspace makes: a name, and what it allows. What goes with a permission is added. */
export const NewRole = z.strictObject({ name: Name, permissions: Permissions })
export type NewRole = z.infer<typeof NewRole>

export const RoleChanges = NewRole.partial().refine((changes) => Object.keys(changes).length > 0, {
  error: 'must change something',
})
export type RoleChanges = z.infer<typeof RoleChanges>

export const RoleView = z.strictObject({
  id: Id,
  name: z.string(),
  permissions: z.array(z.enum(GIVABLE)),
  /** How many have it. */
  members: z.int(),
})
export type RoleView = z.infer<typeof RoleView>

export const Roles = z.strictObject({ items: z.array(RoleView) })
