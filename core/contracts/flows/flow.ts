import { z } from 'zod'
import { FLOW_BYTES_MAX, VARIABLES_PER_FLOW_MAX } from '#core/flows/limits.ts'
import { Name } from '../fields.ts'
import { Condition } from './condition.ts'
import { Duration } from './duration.ts'
import { StepId, Steps } from './step.ts'

/** What starts a flow. What may stand in `with` says the contract of the trigger. */
const Trigger = z.strictObject({
  type: z.string().max(60),
  with: z.record(z.string().max(60), z.json()).default({}),
  /** Runs are started only by what it holds for. */
  filter: Condition.optional(),
  /** Also by what flows do; what people do starts it always. */
  byFlows: z.boolean().default(false),
})

const FlowLimits = z.strictObject({
  /** A run that takes longer is cancelled, and what it did is taken back. */
  runsFor: Duration.default('P30D'),
  runsPerHour: z.int().min(1).max(1_000).default(200),
})

/** A flow as it is drawn and published: a tree of steps behind a trigger. */
export const Flow = z
  .strictObject({
    schema: z.literal('pf.flow/1'),
    name: Name,
    description: z.string().max(2_000).default(''),
    trigger: Trigger,
    /** Values the run remembers, with what they are in the beginning. */
    variables: z
      .record(StepId, z.json())
      .refine((all) => Object.keys(all).length <= VARIABLES_PER_FLOW_MAX, {
        error: `are at most ${VARIABLES_PER_FLOW_MAX}`,
      })
      .default({}),
    limits: FlowLimits.prefault({}),
    steps: Steps.min(1),
    /** Done when the run has failed, after what it did has been taken back. */
    onFailure: Steps.default([]),
  })
  .describe(`At most ${FLOW_BYTES_MAX / 1024} KB of JSON.`)
export type Flow = z.infer<typeof Flow>
