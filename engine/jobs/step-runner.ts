import type { Condition } from '#core/contracts/flows/condition.ts'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type {
  Called,
  Output,
  RunInput,
  RunState,
  StepRecord,
  TakeBack,
} from '#core/contracts/flows/run.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import { durationMs } from '#core/flows/duration.ts'
import { VERBATIM } from '#core/flows/verbatim.ts'
import { asThrown, failureOf, Interrupted, type Interruption } from '../nodes/failures.ts'
import { behaviours } from '../nodes/index.ts'
import type { Frame, Here, NodeTools } from '../nodes/node.ts'
import { CardLimit } from './card-limit.ts'
import { fitting } from './fitting.ts'
import type { RunPorts } from './run-ports.ts'
import type { RunScope } from './run-scope.ts'
import { keyOf, keysOf } from './step-keys.ts'
import type { WaitingSteps } from './waiting-steps.ts'

interface Parts {
  readonly flow: Flow
  readonly input: RunInput
  readonly ports: RunPorts
  readonly state: RunState
  readonly scope: RunScope
  readonly waiting: WaitingSteps
}

/**
 * Does the steps of a run, and takes back what they did.
 *
 * A step is `running` from when it is begun, then `done` or `failed`; a failed one stays failed
 * until a `retry` around it opens it again. Whatever a node has to remember lies in its record,
 * never in the code.
 */
export class StepRunner implements NodeTools {
  readonly #run: Parts
  readonly #limit: CardLimit
  interruption: Interruption | null = null

  constructor(parts: Parts) {
    this.#run = parts
    this.#limit = new CardLimit(parts.state, parts.ports)
  }

  get undoable(): number {
    return this.#run.state.undo.length
  }

  get causedBy(): string | null {
    const { personId, trigger } = this.#run.input
    return personId === undefined ? trigger.actorId : personId
  }

  calledEnd(runId: string): Called | null {
    return this.#run.state.called?.[runId] ?? null
  }

  now(): number {
    return this.#run.ports.now()
  }

  random(): number {
    return this.#run.ports.random()
  }

  async doSteps(steps: readonly Step[], frame: Frame): Promise<void> {
    for (const step of steps) await this.#doStep(step, frame)
  }

  forget(steps: readonly Step[], frame: Frame): void {
    const { state } = this.#run
    for (const key of keysOf(steps, frame, Object.keys(state.steps))) delete state.steps[key]
  }

  reopen(steps: readonly Step[], frame: Frame): void {
    const { state } = this.#run
    for (const key of keysOf(steps, frame, Object.keys(state.steps))) {
      const record = state.steps[key]!
      if (record.status === 'failed') record.status = 'running'
    }
  }

  holds(condition: Condition, { frame }: Here, more: Output = {}): boolean {
    return this.#run.scope.holds(condition, frame, more)
  }

  evaluate(cel: string, { frame }: Here): unknown {
    return this.#run.scope.evaluate(cel, frame)
  }

  fill(value: unknown, { frame }: Here): unknown {
    return this.#run.scope.fill(value, frame)
  }

  setVariable(name: string, value: unknown): void {
    this.#run.state.vars[name] = value
  }

  async act(here: Here, type: string, params: Output): Promise<Output> {
    const { step, key } = here
    const { failures } = this.#run.state.steps[key]!
    const asks = (here.local['asks'] = ((here.local['asks'] as number | undefined) ?? 0) + 1)
    const nth = [failures > 0 && `#${failures + 1}`, asks > failures + 1 && `+${asks}`]
    return await this.#act(`${key}${nth.filter(Boolean).join('')}`, { ...step, type, with: params })
  }

  async until(deadlineMs: number, ready: () => boolean): Promise<boolean> {
    const endMs = Math.min(deadlineMs, this.#deadlineMs())
    const leftMs = endMs - this.now()
    if (leftMs > 0 && !ready()) {
      await this.#run.ports.wait(leftMs, () => ready() || this.interruption !== null)
    }
    if (ready()) return true
    // Whoever is woken without what it waits for is interrupted, or its time is over.
    if (this.now() < deadlineMs) this.#goOn()
    return false
  }

  async expect(here: Here, deadlineMs: number, ready: () => boolean): Promise<boolean> {
    const { waiting } = this.#run
    waiting.add(here)
    try {
      return await this.until(deadlineMs, ready)
    } finally {
      waiting.remove(here)
    }
  }

  /** Last one first; what cannot be taken back is reported and left. */
  async takeBack(): Promise<void> {
    while (this.undoable > 0) {
      this.#suspendHere()
      // Taken out before it is done, as another branch may take back too. Nothing ends in between.
      const { key, steps } = this.#run.state.undo.pop()!
      for (const step of steps) await this.#takeBackOne(`${key}/undo/${step.id}`, step)
    }
  }

  async #takeBackOne(key: string, step: TakeBack['steps'][number]): Promise<void> {
    const { ports } = this.#run
    const report = { key, stepId: step.id, type: step.type, label: step.id }
    try {
      const output = await this.#act(key, step)
      ports.report({ ...report, status: 'taken back', atMs: this.now(), output })
    } catch (thrown) {
      const error = failureOf(thrown, step.id)
      ports.report({ ...report, status: 'failed', atMs: this.now(), error })
    }
  }

  async #doStep(step: Step, frame: Frame): Promise<void> {
    const { ports, state } = this.#run
    const key = keyOf(step, frame)
    const known = state.steps[key]
    if (known?.status === 'done') return
    if (known?.status === 'failed') throw asThrown(known.error!)
    this.#goOn()
    const record = known ?? this.#begin(key)
    const report = { key, stepId: step.id, type: step.type, label: step.label ?? step.id }
    if (!known) ports.report({ ...report, status: 'started', atMs: this.now() })
    const here: Here = { step, frame, key, local: record.local }
    try {
      const output = fitting(await this.#outputOf(here), state)
      Object.assign(record, { status: 'done', output, local: {} })
      ports.report({ ...report, status: 'done', atMs: this.now(), output })
      this.#rememberUndo(here)
    } catch (error) {
      if (error instanceof Interrupted) return this.#passOn(error)
      const failure = failureOf(error, step.id)
      record.failures += 1
      Object.assign(record, { status: 'failed', error: failure })
      ports.report({ ...report, status: 'failed', atMs: this.now(), error: failure })
      throw asThrown(failure)
    }
  }

  #begin(key: string): StepRecord {
    return (this.#run.state.steps[key] = { status: 'running', failures: 0, local: {} })
  }

  async #outputOf(here: Here): Promise<Output> {
    const { step } = here
    if (Object.hasOwn(behaviours, step.type)) {
      return await behaviours[step.type as keyof typeof behaviours](here, this)
    }
    const verbatim = VERBATIM[step.type] ?? []
    const params = Object.entries(step.with).map(([name, value]) => [
      name,
      verbatim.includes(name) ? value : this.fill(value, here),
    ])
    return await this.act(here, step.type, Object.fromEntries(params) as Output)
  }

  async #act(key: string, step: Pick<Step, 'id' | 'type' | 'with' | 'label'>): Promise<Output> {
    const { ports, input } = this.#run
    const { id: stepId, type, label = stepId } = step
    const asked = { key: `${input.runId}/${key}`, stepId, type, with: step.with, label }
    const most = this.#limit.take(asked)
    try {
      const { output, cards } = await ports.act(asked)
      this.#limit.done(most, cards)
      return output
    } catch (error) {
      this.#limit.failed(most)
      throw error
    }
  }

  /** One that ends the run also ends what runs beside it. */
  #passOn(error: Interrupted): never {
    if (error.why.kind === 'stopped') this.interruption = error.why
    throw error
  }

  /** Refuses to begin a step when the run is to end or to go on elsewhere, or its time is over. */
  #goOn(): void {
    const { state, flow } = this.#run
    if (state.phase !== 'steps') return this.#suspendHere()
    if (this.interruption) throw new Interrupted(this.interruption)
    if (this.now() < this.#deadlineMs()) return
    const reason = `It has run for longer than ${flow.limits.runsFor}.`
    throw new Interrupted({ kind: 'cancelled', reason })
  }

  #suspendHere(): void {
    if (this.interruption?.kind === 'suspended') throw new Interrupted(this.interruption)
  }

  /** What takes a step back is filled in now, while everything it reads is at hand. */
  #rememberUndo(here: Here): void {
    const steps = here.step.blocks?.['undo']
    if (!steps) return
    const filled = steps.map(({ id, type, with: params }) => ({
      id,
      type,
      with: this.fill(params, here) as Output,
    }))
    this.#run.state.undo.push({ key: here.key, steps: filled })
  }

  #deadlineMs(): number {
    const { state, flow } = this.#run
    if (state.phase !== 'steps') return Infinity
    return state.startedMs + (durationMs(flow.limits.runsFor) ?? Infinity)
  }
}
