import type { Flow } from '#core/contracts/flows/flow.ts'
import type { RunInput, RunState } from '#core/contracts/flows/run.ts'
import type { RunPorts } from './run-ports.ts'
import type { RunScope } from './run-scope.ts'
import type { WaitingSteps } from './waiting-steps.ts'

/** What a run is made of. */
export interface RunParts {
  readonly flow: Flow
  readonly input: RunInput
  readonly ports: RunPorts
  readonly state: RunState
  readonly scope: RunScope
  readonly waiting: WaitingSteps
}
