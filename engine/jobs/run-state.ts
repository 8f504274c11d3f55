import type { Step } from '#core/contracts/flows/step.ts'
import type { Failure, Output } from '../nodes/node.ts'

/** The rules the interpreter follows. A run keeps those it began with; new ones get a new number. */
export const INTERPRETER_SEMANTICS = 1

/** What is known of a step that was begun. */
export interface StepRecord {
  status: 'running' | 'done' | 'failed'
  /** How often it has failed so far. */
  failures: number
  local: Record<string, unknown>
  output?: Output
  error?: Failure
}

/** What takes back something the run did: actions with nothing left to fill in. */
export interface TakeBack {
  readonly key: string
  readonly steps: readonly Pick<Step, 'id' | 'type' | 'with'>[]
}

/** How a run ends. */
export type RunEnd =
  | { readonly status: 'done'; readonly message?: string }
  | { readonly status: 'failed'; readonly error: Failure }
  | { readonly status: 'cancelled'; readonly reason: string }

/** All a run remembers, as plain data: from it the run goes on elsewhere as if nothing had been. */
export interface RunState {
  readonly semantics: number
  readonly startedMs: number
  phase: 'steps' | 'taking back' | 'on failure' | 'over'
  /** By key, of the steps that later ones can still read. */
  steps: Record<string, StepRecord>
  vars: Record<string, unknown>
  /** Last one first to be taken back. */
  undo: TakeBack[]
  /** How many changes of cards it has made. */
  cards: number
  end?: RunEnd
}

/** What set the run off. */
interface RunCause {
  readonly type: string
  /** ISO 8601. */
  readonly at: string
  /** Who did it; null when it was the time. */
  readonly actorId: string | null
  readonly [given: string]: unknown
}

export interface RunInput {
  readonly runId: string
  readonly flowId: string
  readonly trigger: RunCause
  readonly card?: Output | undefined
  /** The flows whose runs led to this one, the first one first. */
  readonly chain: readonly string[]
}

/** Something an activity is to do. */
export interface Act {
  /** The same for every try of the same: what it does outside, it does once. */
  readonly key: string
  readonly stepId: string
  readonly type: string
  readonly with: Output
  /** As people call the step. */
  readonly label: string
}

export interface Acted {
  readonly output: Output
  /** How many cards it changed. */
  readonly cards: number
}

/** What happens in a run, for who looks on. */
export interface StepReport {
  readonly key: string
  readonly stepId: string
  readonly type: string
  readonly status: 'started' | 'done' | 'failed' | 'taken back'
  readonly atMs: number
  readonly output?: Output
  readonly error?: Failure
}

/** What the interpreter needs of the world; a workflow and a virtual clock provide it. */
export interface RunPorts {
  /** Throws a StepFailure when it will never be done. */
  act(asked: Act): Promise<Acted>
  /** Resolves when `ready` says so or the time is over, whatever comes first. */
  wait(ms: number, ready: () => boolean): Promise<void>
  now(): number
  random(): number
  report(line: StepReport): void
}
