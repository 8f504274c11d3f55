import type { Condition } from '#core/contracts/flows/condition.ts'
import type { Called, Output } from '#core/contracts/flows/run.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import type { Frame, Here, NodeTools } from '../nodes/node.ts'
import type { RunActs } from './run-acts.ts'
import type { RunBreaks } from './run-breaks.ts'
import type { RunParts } from './run-parts.ts'
import { keysOf } from './step-keys.ts'
import type { UndoList } from './undo-list.ts'

interface Hands {
  readonly acts: RunActs
  readonly breaks: RunBreaks
  readonly undo: UndoList
  readonly doSteps: NodeTools['doSteps']
}

/** The run as a node has it in hand; see NodeTools. */
export class RunTools implements NodeTools {
  readonly #run: RunParts
  readonly #hands: Hands

  constructor(run: RunParts, hands: Hands) {
    this.#run = run
    this.#hands = hands
  }

  get undoable(): number {
    return this.#hands.undo.length
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

  // What is handed on is not awaited here: side by side, one turn more would change who is first,
  // and runs that are under way would not go on as they began.

  doSteps(steps: readonly Step[], frame: Frame): Promise<void> {
    return this.#hands.doSteps(steps, frame)
  }

  until(deadlineMs: number, ready: () => boolean): Promise<boolean> {
    return this.#hands.breaks.until(deadlineMs, ready)
  }

  takeBack(): Promise<void> {
    return this.#hands.undo.takeBack()
  }

  async act({ step, key, local }: Here, type: string, params: Output): Promise<Output> {
    const { failures } = this.#run.state.steps[key]!
    const asks = (local['asks'] = ((local['asks'] as number | undefined) ?? 0) + 1)
    const nth = [failures > 0 && `#${failures + 1}`, asks > failures + 1 && `+${asks}`]
    const ask = { ...step, type, with: params }
    return await this.#hands.acts.act(`${key}${nth.filter(Boolean).join('')}`, ask)
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
}
