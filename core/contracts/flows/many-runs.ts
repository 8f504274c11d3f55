import { z } from 'zod'
import { RUNS_AT_ONCE_MAX } from '#core/flows/limits.ts'
import { Id } from '../fields.ts'
import { RunningAgain } from './views.ts'

/** Runs of a project, by their ids. */
export const NamedRuns = z.strictObject({
  runIds: z
    .array(Id)
    .min(1)
    .max(RUNS_AT_ONCE_MAX)
    .refine((ids) => new Set(ids).size === ids.length, { error: 'names a run twice' }),
})

export const NamedRunsAgain = NamedRuns.extend(RunningAgain.shape)

/** What came of each: it was done, or it was refused with a code. */
export const ManyRunsDone = z.strictObject({
  done: z.array(Id),
  refused: z.array(z.strictObject({ runId: Id, code: z.string(), message: z.string() })),
})
export type ManyRunsDone = z.infer<typeof ManyRunsDone>
