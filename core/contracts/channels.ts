import { z } from 'zod'
import { ONLINE_SHOWN_MAX } from '../kernel/limits.ts'
import { Id } from './fields.ts'
import { Instant } from './views.ts'

const Mark = z.string().max(200)

/**
 * What collab tells the tabs of one person, as stateless messages on `user:<id>`. A mark is another
 * text when something is to be read again, and says nothing of what it is; each is told when a tab
 * comes, and when it changes.
 */
export const PersonMessage = z.discriminatedUnion('kind', [
  /** Notifications came or were read. */
  z.strictObject({ kind: z.literal('inbox'), mark: Mark }),
  /** The person's workspaces, or what they may do there, have changed. */
  z.strictObject({ kind: z.literal('standing'), mark: Mark }),
  /** The process stops, and will close this socket within so long; another one takes over. */
  z.strictObject({ kind: z.literal('draining'), withinMs: z.int() }),
])
export type PersonMessage = z.infer<typeof PersonMessage>

/** What collab tells the members of a workspace, as stateless messages on `workspace:<id>`. */
export const WorkspaceMessage = z.discriminatedUnion('kind', [
  /** Projects or boards came, went or changed. */
  z.strictObject({ kind: z.literal('lists') }),
  /** Who is online and since when, longest first; `more` are not named. */
  z.strictObject({
    kind: z.literal('online'),
    people: z.array(z.strictObject({ userId: Id, since: Instant })).max(ONLINE_SHOWN_MAX),
    more: z.int(),
  }),
])
export type WorkspaceMessage = z.infer<typeof WorkspaceMessage>
