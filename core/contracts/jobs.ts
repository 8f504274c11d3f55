import { z } from 'zod'
import { Instant } from './views.ts'

const Error = z.strictObject({ code: z.string(), message: z.string(), step: z.string().optional() })

/** What is told of a job as it goes: how it stands as a whole, and each step that does something. */
export const JobEvent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    at: Instant,
    status: z.enum(['queued', 'running', 'done', 'refused', 'failed', 'cancelled', 'throttled']),
    error: Error.optional(),
  }),
  z.strictObject({
    kind: z.literal('step'),
    at: Instant,
    /** The step's place in the run: a step in a loop is done many times. */
    key: z.string(),
    stepId: z.string(),
    type: z.string(),
    label: z.string(),
    /** One that is running and has an error is tried again. */
    status: z.enum(['running', 'done', 'failed', 'taken back']),
    error: Error.optional(),
  }),
])
export type JobEvent = z.infer<typeof JobEvent>

/** The id of an event, by which a reader goes on. */
const EventId = z.string().regex(/^\d{1,15}-\d{1,10}$/)

/** What collab tells who follows a run, as stateless messages on `job:<id>`. */
export const JobMessage = z.strictObject({
  kind: z.literal('events'),
  events: z.array(z.strictObject({ id: EventId, event: JobEvent })),
})
export type JobMessage = z.infer<typeof JobMessage>

/** What who follows a run says after each connect: the event they heard last, or none. */
export const JobFollow = z.strictObject({ kind: z.literal('follow'), after: EventId.nullable() })
export type JobFollow = z.infer<typeof JobFollow>
