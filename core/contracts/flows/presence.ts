import { z } from 'zod'
import { Id } from '../fields.ts'
import { StepId } from './step.ts'

/** Awareness state of who draws or looks at a flow on `flow:<id>`. */
export const FlowPresence = z.object({
  user: z.object({ id: Id, name: z.string(), hue: z.number() }),
  /** The step they have chosen; null for what starts the flow. */
  stepId: StepId.nullable(),
  /** The newest version of the draft they know: who knows an older one reads it anew. */
  draftVersion: z.int(),
  /** The newest version of the comments they know, likewise. */
  commentsVersion: z.int().default(0),
})
export type FlowPresence = z.infer<typeof FlowPresence>
