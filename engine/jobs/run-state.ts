import type { Flow } from '#core/contracts/flows/flow.ts'
import type { RunState } from '#core/contracts/flows/run.ts'

/** The rules the interpreter follows. A run keeps those it began with; new ones get a new number. */
const INTERPRETER_SEMANTICS = 1

/** What a run remembers when it begins. */
export const stateAtBeginning = ({ variables }: Flow, startedMs: number): RunState => ({
  semantics: INTERPRETER_SEMANTICS,
  startedMs,
  phase: 'steps',
  steps: {},
  vars: { ...variables },
  undo: [],
  cards: 0,
})
