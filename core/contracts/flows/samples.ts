import { z } from 'zod'
import { Id } from '../fields.ts'
import { Instant } from '../views.ts'
import { StepId } from './step.ts'
import { Draft } from './views.ts'

/** What a flow is tried on. */
export const SampleRef = z.discriminatedUnion('kind', [
  /** Something that has happened on a board, by its number there. */
  z.strictObject({ kind: z.literal('event'), boardId: Id, number: z.int().min(1) }),
  /** What set off an earlier run of the flow. */
  z.strictObject({ kind: z.literal('run'), runId: Id }),
  /** A card, as if what starts the flow happened to it now. */
  z.strictObject({ kind: z.literal('card'), cardId: Id }),
  /** No card: only what the trigger gives, as whoever tries it says. */
  z.strictObject({ kind: z.literal('given'), given: Draft }),
])
export type SampleRef = z.infer<typeof SampleRef>

const Values = z.record(z.string(), z.unknown())

/** What a flow can be tried on, with what its steps could read of it. */
export const Sample = z.strictObject({
  ref: SampleRef,
  at: Instant,
  /** Who did it; null when nobody did, or it is only supposed. */
  actor: z.string().nullable(),
  /** Without what looks like a secret. */
  trigger: Values,
  card: Values.nullable(),
})
export type Sample = z.infer<typeof Sample>
export const SampleList = z.strictObject({ items: z.array(Sample).max(100) })

/** What a step gives instead of being done, by the id of the step. */
const Pins = z.record(StepId, Draft)

/** Trying the draft of a flow. */
export const NewTry = z.strictObject({
  sample: SampleRef,
  pins: Pins.optional(),
  /** How what it waits for comes out, by the id of the step; `yes` when it is not said. */
  answers: z.record(StepId, z.enum(['yes', 'no', 'nobody'])).optional(),
  /** The one step that is tried; those before it give what is pinned. */
  only: StepId.optional(),
})
export type NewTry = z.infer<typeof NewTry>

const Failure = z.strictObject({ code: z.string(), message: z.string(), step: z.string() })

export const TriedView = z.strictObject({
  runId: Id,
  status: z.enum(['done', 'failed', 'cancelled']),
  error: Failure.nullable(),
  trigger: Values,
  card: Values.nullable(),
  /** What was gone through, in order; a step that is not here was not come to. */
  steps: z.array(
    z.strictObject({
      key: z.string(),
      stepId: z.string(),
      type: z.string(),
      label: z.string(),
      status: z.enum(['done', 'failed']),
      /** Whether it was done, would have been, or gave what was pinned. */
      how: z.enum(['did', 'would', 'pinned']),
      /** Without what looks like a secret. */
      input: z.unknown(),
      output: Values.nullable(),
      error: Failure.nullable(),
      /** In the time of the run: waits are skipped. */
      at: Instant,
    }),
  ),
})
export type TriedView = z.infer<typeof TriedView>
