import type { Flow } from './flow.ts'
import type { Failure, Output, RunEnd, RunInput } from './run.ts'

/** What whoever tries a flow says of it. */
export interface Trying extends RunInput {
  readonly workspaceId: string
  /** Whose rights it reads with: whoever tries it. */
  readonly actorId: string
  /** Checked as it is when it is published; it need not be. */
  readonly flow: Flow
  /** By the id of a step, what it gives instead of being done. */
  readonly pins: Readonly<Record<string, Output>>
  /** By the id of an approval or of a wait for an event; `yes` when it is not said. */
  readonly answers: Readonly<Record<string, 'yes' | 'no' | 'nobody'>>
  /** The id of the one step that is tried; those before it give what is pinned. */
  readonly only?: string
  /** The moment it is tried at, in milliseconds of the epoch. */
  readonly nowMs: number
}

/** The same as we began it. */
export interface TryStart extends Trying {
  readonly mac: string
}

/** A step that was gone through. */
export interface TriedStep {
  readonly key: string
  readonly stepId: string
  readonly type: string
  readonly label: string
  readonly status: 'done' | 'failed'
  /** Whether it was done, would have been, or gave what was pinned. */
  readonly how: 'did' | 'would' | 'pinned'
  readonly input?: unknown
  readonly output?: Output
  readonly error?: Failure
  /** In the time of the run: waits are skipped. */
  readonly atMs: number
}

export interface Tried {
  readonly runId: string
  readonly end: RunEnd
  readonly steps: readonly TriedStep[]
}
