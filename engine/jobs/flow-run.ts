import type { Flow } from '#core/contracts/flows/flow.ts'
import type { RunEnd, RunInput, RunState } from '#core/contracts/flows/run.ts'
import { CAUSATION_CHAIN_MAX } from '#core/flows/limits.ts'
import { failureOf, Interrupted, StepFailure } from '../nodes/failures.ts'
import type { Frame } from '../nodes/node.ts'
import type { RunPorts } from './run-ports.ts'
import { RunScope } from './run-scope.ts'
import { stateAtBeginning } from './run-state.ts'
import { StepRunner } from './step-runner.ts'
import { WaitingSteps } from './waiting-steps.ts'
import { withoutSpinning } from './without-spinning.ts'

const ROOT: Frame = { prefixes: [''] }

/**
 * One run of a flow.
 *
 * It goes through the tree from the beginning and passes over what is recorded as done; so it goes
 * on from any checkpoint the same way. When the steps end in a failure or a cancellation, what they
 * did is taken back, and then, after a failure, the steps for that case are done.
 */
export class FlowRun {
  readonly #flow: Flow
  readonly #input: RunInput
  readonly #steps: StepRunner
  readonly state: RunState
  /** What waits for something from outside, and is told of it here. */
  readonly waiting: WaitingSteps

  constructor(flow: Flow, input: RunInput, ports: RunPorts, state?: RunState) {
    this.#flow = flow
    this.#input = input
    this.state = state ?? stateAtBeginning(flow, ports.now())
    const now = () => ports.now()
    const scope = new RunScope(flow.name, input, this.state, now)
    this.waiting = new WaitingSteps(input, this.state, scope, now)
    const { waiting } = this
    const world = withoutSpinning(ports)
    this.#steps = new StepRunner({ flow, input, ports: world, state: this.state, scope, waiting })
  }

  /** Runs to the end, or until it is suspended; then `state` is the checkpoint to go on from. */
  async run(): Promise<RunEnd | 'suspended'> {
    const { state } = this
    try {
      if (state.phase === 'steps') {
        state.end = await this.#runSteps()
        state.phase = state.end.status === 'done' ? 'over' : 'taking back'
      }
      if (state.phase === 'taking back') {
        await this.#steps.undo.takeBack()
        state.phase = state.end?.status === 'failed' ? 'on failure' : 'over'
      }
      if (state.phase === 'on failure') await this.#runOnFailure()
      state.phase = 'over'
      return state.end!
    } catch (error) {
      if (error instanceof Interrupted && error.why.kind === 'suspended') return 'suspended'
      throw error
    }
  }

  /** Ends the run at its next step, or at once where it waits; what it did is taken back. */
  cancel(reason: string): void {
    this.#steps.breaks.interruption = { kind: 'cancelled', reason }
  }

  /** Brings the run to its next checkpoint. */
  suspend(): void {
    this.#steps.breaks.interruption ??= { kind: 'suspended' }
  }

  async #runSteps(): Promise<RunEnd> {
    try {
      if (this.#input.chain.length >= CAUSATION_CHAIN_MAX) {
        const message = `Flows have set each other off ${CAUSATION_CHAIN_MAX} times: let one of them leave out what flows do.`
        throw new StepFailure('flow.chain_limit', message)
      }
      await this.#steps.doSteps(this.#flow.steps, ROOT)
      return { status: 'done' }
    } catch (error) {
      if (!(error instanceof Interrupted)) return { status: 'failed', error: failureOf(error, '') }
      const { why } = error
      if (why.kind === 'suspended') throw error
      // From here on nothing interrupts but a checkpoint.
      this.#steps.breaks.interruption = null
      if (why.kind === 'cancelled') return { status: 'cancelled', reason: why.reason }
      if (why.as === 'done') return { status: 'done', message: why.message }
      const failure = { code: 'flow.stopped', message: why.message, step: '' }
      return { status: 'failed', error: failure }
    }
  }

  async #runOnFailure(): Promise<void> {
    const { end } = this.state
    try {
      const error = end?.status === 'failed' ? { error: end.error } : {}
      await this.#steps.doSteps(this.#flow.onFailure, { ...ROOT, ...error })
    } catch (error) {
      // What failed stays what it was; the step's own report tells of this one.
      if (error instanceof Interrupted && error.why.kind === 'suspended') throw error
    }
  }
}
