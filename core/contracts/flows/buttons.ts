import { z } from 'zod'
import { FLOWS_PER_PROJECT_MAX } from '#core/flows/limits.ts'
import { Id } from '../fields.ts'

/** A button that starts a flow, on each card of a board or on the board itself. */
export const FlowButton = z.strictObject({
  flowId: Id,
  label: z.string(),
  kind: z.enum(['card', 'board']),
})
export type FlowButton = z.infer<typeof FlowButton>
export const FlowButtons = z.strictObject({ items: z.array(FlowButton).max(FLOWS_PER_PROJECT_MAX) })

/**
 * A press was kept, and its run follows within a second or two: none, when the flow asks something of
 * the card that does not hold, or waits until the flow may run again.
 */
export const Pressed = z.strictObject({ runId: Id })
