import type { Step } from './step.ts'

/** Plain data: what a checkpoint holds and a template can read. */
export type Output = Readonly<Record<string, unknown>>

/** Why a step failed, as later steps and people read it. */
export interface Failure {
  readonly code: string
  readonly message: string
  /** The step's id. */
  readonly step: string
}

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
  /** The last event it has heard of, by board: one that is told again is not heard again. */
  heard?: Record<string, number>
  /** How the runs that it called have ended, by their ids. */
  called?: Record<string, Called>
  /** How many changes of cards it has made. */
  cards: number
  end?: RunEnd
}

/** What set the run off. */
export interface RunCause {
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
  /** Where runs led to it, who had set off the first of them; null when nobody had. */
  readonly personId?: string | null
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
  /** What went to a server outside and came from it, without the head; the workflow is not told. */
  readonly bytes?: { readonly sent: number; readonly received: number }
}

/** What happens in a run, for who looks on. */
export interface StepReport {
  readonly key: string
  readonly stepId: string
  readonly type: string
  readonly status: 'started' | 'done' | 'failed' | 'taken back'
  readonly label: string
  readonly atMs: number
  readonly output?: Output
  readonly error?: Failure
}

/** All that a run begins with. */
export interface UnsignedStart extends RunInput {
  readonly workspaceId: string
  /** Whose rights the run has. */
  readonly actorId: string
  readonly version: number
  /** What set it off, by name: of two runs of a flow for one cause there is only the first. */
  readonly cause: string
  /** SHA-256 of the published definition, in hex: an edit changes no run. */
  readonly hash: string
}

/** The same as we began it, or as it goes on; each part bears our mark. */
export interface AutomationStart extends UnsignedStart {
  readonly mac: string
  readonly state?: RunState
  readonly stateMac?: string
}

/** What an activity needs to know of an act beside the act. */
export interface ActOrder extends Act {
  readonly workspaceId: string
  readonly actorId: string
  readonly flowId: string
  readonly runId: string
  readonly flowName: string
  /** Without it, what the run is about has no card. */
  readonly cardId: string | null
  readonly card?: Output | undefined
  readonly chain?: readonly string[]
  /** The workflow of the run. */
  readonly workflowId?: string
  /** What else has happened in the run since the last act. */
  readonly lines?: readonly StepReport[]
  /** When a flow is tried, whoever tries it writes down what happens. */
  readonly isTry?: boolean
  /** Which try of the activity it is, from 1. */
  readonly attempt?: number
}

/** What happened in a run, to be written down. */
export interface RunNotes {
  readonly workspaceId: string
  readonly runId: string
  readonly flowId: string
  readonly lines: readonly StepReport[]
}

/** How a run that another one called has ended. */
export interface Called {
  readonly runId: string
  readonly status: RunEnd['status']
  /** What it said at its end, and its variables. */
  readonly output: Output
}

/** A run that is over, for the list of runs. */
export interface Settled {
  readonly run: Pick<
    UnsignedStart,
    'workspaceId' | 'runId' | 'flowId' | 'version' | 'cause' | 'chain'
  > & { readonly cardId: string | null }
  readonly end: RunEnd
  readonly lines?: readonly StepReport[]
  /** Where it stood; only of one that did not come to its end. */
  readonly state?: RunState
  /** Its variables. */
  readonly vars?: Output
}

/** Somebody's answer to an approval. */
export interface Decision {
  /** The key of the step in the run. */
  readonly step: string
  readonly userId: string
  readonly approved: boolean
  readonly comment: string
}
