import type { Failure } from '#core/contracts/flows/run.ts'

/** A step that will not be done: caught by `try` and `retry`, or else the end of the run. */
export class StepFailure extends Error {
  readonly code: string
  /** The step's id, once it is known which it was. */
  step = ''

  constructor(code: string, message: string) {
    super(message)
    this.name = 'StepFailure'
    this.code = code
  }
}

export type Interruption =
  /** To go on elsewhere, from a checkpoint. */
  | { readonly kind: 'suspended' }
  | { readonly kind: 'cancelled'; readonly reason: string }
  | { readonly kind: 'stopped'; readonly as: 'done' | 'failed'; readonly message: string }

/** The run does not go on here; passes through every node. */
export class Interrupted extends Error {
  readonly why: Interruption

  constructor(why: Interruption) {
    super(why.kind)
    this.name = 'Interrupted'
    this.why = why
  }
}

/** What is told of whatever a step throws. */
export function failureOf(error: unknown, step: string): Failure {
  if (error instanceof StepFailure) {
    return { code: error.code, message: error.message, step: error.step || step }
  }
  return { code: 'internal', message: 'A fault on our side.', step }
}

export function asThrown({ code, message, step }: Failure): StepFailure {
  return Object.assign(new StepFailure(code, message), { step })
}
