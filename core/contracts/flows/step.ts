import { z } from 'zod'
import { STEPS_PER_FLOW_MAX } from '#core/flows/limits.ts'
import { Name } from '../fields.ts'

/** Names a step in paths and in the run; it stays when the step is moved or renamed. */
export const StepId = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/)

/** One step of a flow. What may stand in `with` and `blocks` says the contract of its node. */
export interface Step {
  readonly id: string
  readonly type: string
  /** As people call it. */
  readonly label?: string | undefined
  /** For who reads the flow. */
  readonly note?: string | undefined
  readonly with: Readonly<Record<string, unknown>>
  /** Steps within the step, by the name of the block; `undo` takes back what the step did. */
  readonly blocks?: Readonly<Record<string, readonly Step[]>> | undefined
}

export const Step: z.ZodType<Step> = z.lazy(() =>
  z.strictObject({
    id: StepId,
    type: z.string().max(60),
    label: Name.optional(),
    note: z.string().max(1_000).optional(),
    with: z.record(z.string().max(60), z.json()).default({}),
    blocks: z.record(StepId, Steps).optional(),
  }),
)

export const Steps = z.array(Step).max(STEPS_PER_FLOW_MAX)
