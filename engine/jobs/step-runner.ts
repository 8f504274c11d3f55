import type { Output, StepRecord } from '#core/contracts/flows/run.ts'
import type { Step } from '#core/contracts/flows/step.ts'
import { asThrown, failureOf, Interrupted } from '../nodes/failures.ts'
import { behaviours } from '../nodes/index.ts'
import type { Frame, Here } from '../nodes/node.ts'
import { filled } from './filled.ts'
import { fitting } from './fitting.ts'
import { RunActs } from './run-acts.ts'
import { RunBreaks } from './run-breaks.ts'
import type { RunParts } from './run-parts.ts'
import { RunTools } from './run-tools.ts'
import { keyOf } from './step-keys.ts'
import { UndoList } from './undo-list.ts'

/**
 * Does the steps of a run.
 *
 * A step is `running` from when it is begun, then `done` or `failed`; a failed one stays failed
 * until a `retry` around it opens it again. Whatever a node has to remember lies in its record,
 * never in the code.
 */
export class StepRunner {
  readonly #run: RunParts
  readonly #tools: RunTools
  readonly breaks: RunBreaks
  readonly undo: UndoList

  constructor(run: RunParts) {
    this.#run = run
    this.breaks = new RunBreaks(run)
    const acts = new RunActs(run)
    this.undo = new UndoList(run, { acts, breaks: this.breaks })
    const doSteps = (steps: readonly Step[], frame: Frame) => this.doSteps(steps, frame)
    this.#tools = new RunTools(run, { acts, breaks: this.breaks, undo: this.undo, doSteps })
  }

  async doSteps(steps: readonly Step[], frame: Frame): Promise<void> {
    for (const step of steps) await this.#doStep(step, frame)
  }

  async #doStep(step: Step, frame: Frame): Promise<void> {
    const { ports, state } = this.#run
    const key = keyOf(step, frame)
    const known = state.steps[key]
    if (known?.status === 'done') return
    if (known?.status === 'failed') throw asThrown(known.error!)
    this.breaks.goOn()
    const record = known ?? this.#begin(key)
    const report = { key, stepId: step.id, type: step.type, label: step.label ?? step.id }
    if (!known) ports.report({ ...report, status: 'started', atMs: ports.now() })
    const here: Here = { step, frame, key, local: record.local }
    try {
      const output = fitting(await this.#outputOf(here), state)
      Object.assign(record, { status: 'done', output, local: {} })
      ports.report({ ...report, status: 'done', atMs: ports.now(), output })
      this.undo.remember(here)
    } catch (error) {
      if (error instanceof Interrupted) return this.breaks.passOn(error)
      const failure = failureOf(error, step.id)
      record.failures += 1
      Object.assign(record, { status: 'failed', error: failure })
      ports.report({ ...report, status: 'failed', atMs: ports.now(), error: failure })
      throw asThrown(failure)
    }
  }

  #begin(key: string): StepRecord {
    return (this.#run.state.steps[key] = { status: 'running', failures: 0, local: {} })
  }

  async #outputOf(here: Here): Promise<Output> {
    const { step } = here
    if (Object.hasOwn(behaviours, step.type)) {
      return await behaviours[step.type as keyof typeof behaviours](here, this.#tools)
    }
    const params = filled(step, (value) => this.#tools.fill(value, here))
    return await this.#tools.act(here, step.type, params)
  }
}
