import type { Condition } from '#core/contracts/flows/condition.ts'
import type { Called, Failure, Output } from '#core/contracts/flows/run.ts'
import type { Step } from '#core/contracts/flows/step.ts'

/** Where in the run a step is done: within which rounds of which loops, and what they give. */
export interface Frame {
  /** Of the keys of the steps done here, outermost first: '', 'loop[3].'. */
  readonly prefixes: readonly string[]
  readonly loop?: { readonly item: unknown; readonly index: number }
  readonly error?: Failure
}

/** A step that is being done. */
export interface Here {
  readonly step: Step
  readonly frame: Frame
  /** Names it in the run: its id, behind the rounds it is in. */
  readonly key: string
  /** What it has to remember if the run goes on elsewhere; plain data. */
  readonly local: Record<string, unknown>
}

/** What a node can do with the run it is in. */
export interface NodeTools {
  /** Does steps one after the other; those done already are passed over. */
  doSteps(steps: readonly Step[], frame: Frame): Promise<void>
  /** Forgets steps of a block that is over, as nothing can read them any more. */
  forget(steps: readonly Step[], frame: Frame): void
  /** Lets failed steps of a block be done again. */
  reopen(steps: readonly Step[], frame: Frame): void
  holds(condition: Condition, here: Here, more?: Output): boolean
  fill(value: unknown, here: Here): unknown
  evaluate(cel: string, here: Here): unknown
  setVariable(name: string, value: unknown): void
  act(here: Here, type: string, params: Output): Promise<Output>
  /** True as soon as it is ready, false when the time has come before. */
  until(deadlineMs: number, ready: () => boolean): Promise<boolean>
  /** The same for what comes from outside: `here` can be found until it has come. */
  expect(here: Here, deadlineMs: number, ready: () => boolean): Promise<boolean>
  /** How a run that this one has called has ended; null as long as it has not. */
  calledEnd(runId: string): Called | null
  takeBack(): Promise<void>
  /** How many steps there are to be taken back. */
  readonly undoable: number
  now(): number
  /** From 0 to 1. */
  random(): number
  /** Who caused the run, if it was a person. */
  readonly causedBy: string | null
}

export type Behaviour = (here: Here, run: NodeTools) => Promise<Output>

/** The steps of one of its blocks. */
export const blockOf = ({ step }: Here, name: string): readonly Step[] => step.blocks?.[name] ?? []
