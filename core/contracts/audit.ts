import { z } from 'zod'
import { Id } from './fields.ts'
import { PageAsked } from './page.ts'
import { Instant } from './views.ts'

const WORD_CHARS_MAX = 100

/** Which lines are wanted; a filter that is absent takes all. */
const Filters = z.strictObject({
  actorId: Id.optional(),
  /** The action's name, as `card.move`. */
  action: z.string().min(1).max(WORD_CHARS_MAX).optional(),
  decision: z.enum(['allowed', 'denied', 'refused']).optional(),
  /** What it was done to: a card, a board, a person. */
  targetId: Id.optional(),
  requestId: z.string().min(1).max(WORD_CHARS_MAX).optional(),
  /** From this instant on. */
  from: z.iso.datetime().optional(),
  /** Before this instant. */
  to: z.iso.datetime().optional(),
})

export const AuditAsked = PageAsked.extend(Filters.shape)
export type AuditAsked = z.infer<typeof AuditAsked>

export const AuditExportAsked = Filters.extend({ format: z.enum(['csv', 'ndjson']) })
export type AuditExportAsked = z.infer<typeof AuditExportAsked>

const Fields = z.record(z.string(), z.unknown()).nullable()

export const AuditLineView = z.strictObject({
  id: Id,
  createdAt: Instant,
  /** Null where nobody has shown who they are, in the log of the installation alone. */
  actorId: Id.nullable(),
  /** Null when nobody of that id is known any more. */
  actorName: z.string().nullable(),
  /** Whether it was the bot of a flow, and no person. */
  isBot: z.boolean(),
  action: z.string(),
  decision: z.enum(['allowed', 'denied', 'refused']),
  reason: z.string().nullable(),
  targetKind: z.string(),
  targetId: Id,
  before: Fields,
  after: Fields,
  requestId: z.string(),
  ip: z.string(),
  /** Where operators see the workflow it ran in. */
  workflowUrl: z.string().nullable(),
  /** Whether a seal holds it by now. */
  isSealed: z.boolean(),
})
export type AuditLineView = z.infer<typeof AuditLineView>
