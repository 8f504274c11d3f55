import { z } from 'zod'
import { Id, Name } from './fields.ts'
import { Instant } from './views.ts'

export const WorkspaceName = z.strictObject({ name: Name })

/** A workspace that was deleted, and can still be brought back. */
export const DeletedWorkspace = z.strictObject({
  id: Id,
  name: z.string(),
  deletedAt: Instant,
  /** Until when it can be brought back. */
  keptUntil: Instant,
})
export type DeletedWorkspace = z.infer<typeof DeletedWorkspace>

export const DeletedWorkspaces = z.strictObject({ items: z.array(DeletedWorkspace) })
