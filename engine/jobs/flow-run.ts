import type { Condition } from '#core/contracts/flows/condition.ts'
import type { Flow } from '#core/contracts/flows/flow.ts'
import type {
  Called,
  Decision,
  Output,
  RunEnd,
  RunInput,
  RunState,
  StepRecord,
  TakeBack,
} from '#core/contracts/flows/run.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import { holds } from '#core/flows/condition.ts'
import { durationMs } from '#core/flows/duration.ts'
import { evaluate } from '#core/flows/expression.ts'
import {
  CARDS_PER_RUN_MAX,
  CAUSATION_CHAIN_MAX,
  OUTPUT_BYTES_MAX,
  RUN_BYTES_MAX,
} from '#core/flows/limits.ts'
import { fillAll } from '#core/flows/template.ts'
import { VERBATIM } from '#core/flows/verbatim.ts'
import { isDecided, type Asked } from '../nodes/approval.ts'
import {
  asThrown,
  failureOf,
  Interrupted,
  StepFailure,
  type Interruption,
} from '../nodes/failures.ts'
import { behaviours } from '../nodes/index.ts'
import type { Frame, Here, NodeTools } from '../nodes/node.ts'
import { INTERPRETER_SEMANTICS, type RunPorts } from './run-ports.ts'
import { scopeOf } from './run-scope.ts'

type Refused = { code: string; message: string }

const ROOT: Frame = { prefixes: [''] }

/**
 * One run of a flow.
 *
 * It goes through the tree from the beginning and passes over what is recorded as done; so it goes
 * on from any checkpoint the same way. A step is `running` from when it is begun, then `done` or
 * `failed`; a failed one stays failed until a `retry` around it opens it again. When the steps end
 * in a failure or a cancellation, what they did is taken back, and then, after a failure, the steps
 * for that case are done. Whatever a node has to remember lies in its record, never in the code.
 */
export class FlowRun implements NodeTools {
  readonly #flow: Flow
  readonly #input: RunInput
  readonly #ports: RunPorts
  readonly state: RunState
  /** Steps that wait for something from outside. */
  readonly #expecting = new Map<string, Here>()
  #interruption: Interruption | null = null

  constructor(flow: Flow, input: RunInput, ports: RunPorts, state?: RunState) {
    this.#flow = flow
    this.#input = input
    this.#ports = ports
    this.state = state ?? {
      semantics: INTERPRETER_SEMANTICS,
      startedMs: ports.now(),
      phase: 'steps',
      steps: {},
      vars: { ...flow.variables },
      undo: [],
      cards: 0,
    }
  }

  get undoable(): number {
    return this.state.undo.length
  }

  get causedBy(): string | null {
    return this.#input.trigger.actorId
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
        await this.takeBack()
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
    this.#interruption = { kind: 'cancelled', reason }
  }

  /** Brings the run to its next checkpoint. */
  suspend(): void {
    this.#interruption ??= { kind: 'suspended' }
  }

  /** Whether a step waits for something from outside. */
  isExpecting(key: string): boolean {
    return this.#expecting.has(key)
  }

  /** What is waited for, step by step. */
  expected(): { key: string; step: Step; asked: Asked | undefined; calledId: string | null }[] {
    return Array.from(this.#expecting.values(), ({ key, step, local }) => ({
      key,
      step,
      asked: local['asked'] as Asked | undefined,
      calledId: (local['runId'] as string | undefined) ?? null,
    }))
  }

  /** Why a vote cannot be taken; null when it can. */
  refusalOfVote({ step, userId }: Pick<Decision, 'step' | 'userId'>): Refused | null {
    const here = this.#expecting.get(step)
    const asked = here?.local['asked'] as Asked | undefined
    if (!here || !asked) {
      return { code: 'approval.not_found', message: 'Nothing waits for this answer any more.' }
    }
    if (!asked.approvers.includes(userId)) {
      return { code: 'approval.not_yours', message: 'You are not among those who are asked.' }
    }
    const isLate = isDecided(here, asked) || this.now() >= asked.deadlineMs
    if (!isLate && asked.votes.every((vote) => vote.userId !== userId)) return null
    return { code: 'approval.answered', message: 'This has been answered already.' }
  }

  /** Takes a vote that `refusalOfVote` does not refuse. */
  vote({ step, ...vote }: Decision): void {
    const asked = this.#expecting.get(step)!.local['asked'] as Asked
    asked.votes.push(vote)
  }

  /** Tells every step that waits for it what has happened. */
  hear(event: Output): void {
    if (!this.#isNews(event)) return
    for (const here of this.#expecting.values()) {
      const { step, local } = here
      if (step.type !== 'wait-for-event' || local['event'] !== undefined) continue
      if (step.with['event'] !== event['type']) continue
      if (this.#input.card && event['cardId'] !== this.#input.card['id']) continue
      const when = step.with['when'] as Condition | undefined
      if (!when || this.#holdsOrNot(when, here, { event })) local['event'] = event
    }
  }

  /** Takes in how a run that this one has called has ended. */
  hearEnd(called: Called): void {
    const known = (this.state.called ??= {})
    known[called.runId] = called
  }

  calledEnd(runId: string): Called | null {
    return this.state.called?.[runId] ?? null
  }

  now(): number {
    return this.#ports.now()
  }

  random(): number {
    return this.#ports.random()
  }

  async doSteps(steps: readonly Step[], frame: Frame): Promise<void> {
    for (const step of steps) await this.#doStep(step, frame)
  }

  forget(steps: readonly Step[], frame: Frame): void {
    for (const key of this.#keysOf(steps, frame)) delete this.state.steps[key]
  }

  reopen(steps: readonly Step[], frame: Frame): void {
    for (const key of this.#keysOf(steps, frame)) {
      const record = this.state.steps[key]!
      if (record.status === 'failed') record.status = 'running'
    }
  }

  holds(condition: Condition, here: Here, more: Output = {}): boolean {
    return asked(() => holds(condition, { ...this.#scope(here), ...more }, this.now()))
  }

  evaluate(cel: string, here: Here): unknown {
    return asked(() => evaluate(cel, this.#scope(here)))
  }

  fill(value: unknown, here: Here): unknown {
    return fillAll(value, this.#scope(here))
  }

  setVariable(name: string, value: unknown): void {
    this.state.vars[name] = value
  }

  async act(here: Here, type: string, params: Output): Promise<Output> {
    const { step, key } = here
    const { failures } = this.state.steps[key]!
    const asks = (here.local['asks'] = ((here.local['asks'] as number | undefined) ?? 0) + 1)
    const nth = [failures > 0 && `#${failures + 1}`, asks > failures + 1 && `+${asks}`]
    return await this.#act(`${key}${nth.filter(Boolean).join('')}`, { ...step, type, with: params })
  }

  async until(deadlineMs: number, ready: () => boolean): Promise<boolean> {
    const endMs = Math.min(deadlineMs, this.#deadlineMs())
    const leftMs = endMs - this.now()
    if (leftMs > 0 && !ready()) {
      await this.#ports.wait(leftMs, () => ready() || this.#interruption !== null)
    }
    if (ready()) return true
    // Whoever is woken without what it waits for is interrupted, or its time is over.
    if (this.now() < deadlineMs) this.#goOn()
    return false
  }

  async expect(here: Here, deadlineMs: number, ready: () => boolean): Promise<boolean> {
    this.#expecting.set(here.key, here)
    try {
      return await this.until(deadlineMs, ready)
    } finally {
      this.#expecting.delete(here.key)
    }
  }

  /** Last one first; what cannot be taken back is reported and left. */
  async takeBack(): Promise<void> {
    while (this.undoable > 0) {
      this.#suspendHere()
      // Taken out before it is done, as another branch may take back too. Nothing ends in between.
      const { key, steps } = this.state.undo.pop()!
      for (const step of steps) await this.#takeBackOne(`${key}/undo/${step.id}`, step)
    }
  }

  async #takeBackOne(key: string, step: TakeBack['steps'][number]): Promise<void> {
    const report = { key, stepId: step.id, type: step.type, label: step.id }
    try {
      const output = await this.#act(key, step)
      this.#ports.report({ ...report, status: 'taken back', atMs: this.now(), output })
    } catch (thrown) {
      const error = failureOf(thrown, step.id)
      this.#ports.report({ ...report, status: 'failed', atMs: this.now(), error })
    }
  }

  async #runSteps(): Promise<RunEnd> {
    try {
      if (this.#input.chain.length >= CAUSATION_CHAIN_MAX) {
        const message = `Flows have set each other off ${CAUSATION_CHAIN_MAX} times: let one of them leave out what flows do.`
        throw new StepFailure('flow.chain_limit', message)
      }
      await this.doSteps(this.#flow.steps, ROOT)
      return { status: 'done' }
    } catch (error) {
      if (!(error instanceof Interrupted)) return { status: 'failed', error: failureOf(error, '') }
      const { why } = error
      if (why.kind === 'suspended') throw error
      // From here on nothing interrupts but a checkpoint.
      this.#interruption = null
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
      await this.doSteps(this.#flow.onFailure, { ...ROOT, ...error })
    } catch (error) {
      // What failed stays what it was; the step's own report tells of this one.
      if (error instanceof Interrupted && error.why.kind === 'suspended') throw error
    }
  }

  async #doStep(step: Step, frame: Frame): Promise<void> {
    const key = `${frame.prefixes.at(-1)!}${step.id}`
    const known = this.state.steps[key]
    if (known?.status === 'done') return
    if (known?.status === 'failed') throw asThrown(known.error!)
    this.#goOn()
    const record = known ?? this.#begin(key)
    const report = { key, stepId: step.id, type: step.type, label: step.label ?? step.id }
    if (!known) this.#ports.report({ ...report, status: 'started', atMs: this.now() })
    const here: Here = { step, frame, key, local: record.local }
    try {
      const output = this.#fitting(await this.#outputOf(here))
      Object.assign(record, { status: 'done', output, local: {} })
      this.#ports.report({ ...report, status: 'done', atMs: this.now(), output })
      this.#rememberUndo(here)
    } catch (error) {
      if (error instanceof Interrupted) return this.#passOn(error)
      const failure = failureOf(error, step.id)
      record.failures += 1
      Object.assign(record, { status: 'failed', error: failure })
      this.#ports.report({ ...report, status: 'failed', atMs: this.now(), error: failure })
      throw asThrown(failure)
    }
  }

  #begin(key: string): StepRecord {
    return (this.state.steps[key] = { status: 'running', failures: 0, local: {} })
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
    if (this.state.cards >= CARDS_PER_RUN_MAX) {
      const message = `A run changes cards ${CARDS_PER_RUN_MAX} times at most: go through fewer.`
      throw new StepFailure('flow.cards_limit', message)
    }
    const { runId } = this.#input
    const label = step.label ?? step.id
    const asked = { stepId: step.id, type: step.type, with: step.with, label }
    const { output, cards } = await this.#ports.act({ key: `${runId}/${key}`, ...asked })
    this.state.cards += cards
    return output
  }

  /** One that ends the run also ends what runs beside it. */
  #passOn(error: Interrupted): never {
    if (error.why.kind === 'stopped') this.#interruption = error.why
    throw error
  }

  /** Refuses to begin a step when the run is to end or to go on elsewhere, or its time is over. */
  #goOn(): void {
    if (this.state.phase !== 'steps') return this.#suspendHere()
    if (this.#interruption) throw new Interrupted(this.#interruption)
    if (this.now() < this.#deadlineMs()) return
    const reason = `It has run for longer than ${this.#flow.limits.runsFor}.`
    throw new Interrupted({ kind: 'cancelled', reason })
  }

  #suspendHere(): void {
    if (this.#interruption?.kind === 'suspended') throw new Interrupted(this.#interruption)
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
    this.state.undo.push({ key: here.key, steps: filled })
  }

  #fitting(output: Output): Output {
    const text = JSON.stringify(output)
    if (text.length > OUTPUT_BYTES_MAX) {
      const message = `What a step gives may hold ${OUTPUT_BYTES_MAX / 1024} KB at most: ask for less.`
      throw new StepFailure('flow.output_too_large', message)
    }
    if (JSON.stringify(this.state).length + text.length > RUN_BYTES_MAX) {
      const message = `A run remembers ${RUN_BYTES_MAX / 1024} KB at most: let its steps give less.`
      throw new StepFailure('flow.output_too_large', message)
    }
    return JSON.parse(text) as Output
  }

  #scope({ frame }: Here): Record<string, unknown> {
    return scopeOf(this.#flow.name, this.#input, this.state, frame, this.now())
  }

  #isNews({ boardId, number }: Output): boolean {
    if (typeof boardId !== 'string' || typeof number !== 'number') return true
    const heard = (this.state.heard ??= {})
    if (number <= (heard[boardId] ?? 0)) return false
    heard[boardId] = number
    return true
  }

  #holdsOrNot(condition: Condition, here: Here, more: Output): boolean {
    try {
      return this.holds(condition, here, more)
    } catch {
      return false
    }
  }

  /** Of steps and all within them, in this frame and in rounds of loops among them. */
  #keysOf(steps: readonly Step[], frame: Frame): string[] {
    const prefix = frame.prefixes.at(-1)!
    const starts = idsIn(steps).map((id) => `${prefix}${id}`)
    return Object.keys(this.state.steps).filter((key) =>
      starts.some((start) => key === start || key.startsWith(`${start}[`)),
    )
  }

  #deadlineMs(): number {
    if (this.state.phase !== 'steps') return Infinity
    return this.state.startedMs + (durationMs(this.#flow.limits.runsFor) ?? Infinity)
  }
}

function idsIn(steps: readonly Step[]): string[] {
  return steps.flatMap(({ id, blocks }) => [id, ...Object.values(blocks ?? {}).flatMap(idsIn)])
}

/** What an expression throws is a failure of its step. */
function asked<Value>(ask: () => Value): Value {
  try {
    return ask()
  } catch (error) {
    throw new StepFailure('flow.expression_failed', (error as Error).message.split('\n')[0]!)
  }
}
