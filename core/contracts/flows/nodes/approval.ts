import { z } from 'zod'
import { ROLES } from '#core/kernel/permissions.ts'
import { Id } from '../../fields.ts'
import { Duration } from '../duration.ts'
import { defineNode, NO_BLOCKS } from '../node.ts'

const People = z
  .array(z.union([Id, z.enum(ROLES.map((role) => `role:${role}` as const))]))
  .min(1)
  .max(20)

/** Asks people, and goes on when enough have said yes, one has said no, or the time is over. */
export const approval = defineNode({
  title: 'Ask for approval',
  group: 'people',
  kind: 'control',
  params: z.strictObject({
    to: People,
    question: z.string().min(1).max(2_000),
    /** So many have to say yes. */
    min: z.int().min(1).max(20).default(1),
    /** Whether whoever caused the run may answer it. */
    allowSelf: z.boolean().default(false),
    timeout: Duration,
    onTimeout: z.enum(['reject', 'approve', 'fail']).default('reject'),
    /** Who is asked as well when nobody has answered for so long. */
    escalate: z.strictObject({ after: Duration, to: People }).optional(),
  }),
  blocks: NO_BLOCKS,
  outputs: ['approved', 'by', 'comment', 'timedOut'],
})
