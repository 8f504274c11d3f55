import type { Condition } from '#core/contracts/flows/condition.ts'
import type { Output, RunInput, RunState } from '#core/contracts/flows/run.ts'
import { holds } from '#core/flows/condition.ts'
import { evaluate } from '#core/flows/expression.ts'
import { fillAll } from '#core/flows/template.ts'
import { StepFailure } from '../nodes/failures.ts'
import type { Frame } from '../nodes/node.ts'

/** What can be read at a step of a run, and what conditions, expressions and templates make of it. */
export class RunScope {
  readonly #flowName: string
  readonly #input: RunInput
  readonly #state: RunState
  readonly #now: () => number

  constructor(flowName: string, input: RunInput, state: RunState, now: () => number) {
    this.#flowName = flowName
    this.#input = input
    this.#state = state
    this.#now = now
  }

  holds(condition: Condition, frame: Frame, more: Output = {}): boolean {
    return asked(() => holds(condition, { ...this.#at(frame), ...more }, this.#now()))
  }

  evaluate(cel: string, frame: Frame): unknown {
    return asked(() => evaluate(cel, this.#at(frame)))
  }

  fill(value: unknown, frame: Frame): unknown {
    return asked(() => fillAll(value, this.#at(frame)))
  }

  /** Of the steps done, those of the innermost rounds come last. */
  #at(frame: Frame): Record<string, unknown> {
    const { trigger, card, runId, flowId } = this.#input
    const { startedMs, vars, steps } = this.#state
    return {
      trigger,
      ...(card && { card }),
      ...(frame.loop && { loop: frame.loop }),
      ...(frame.error && { error: frame.error }),
      vars,
      steps: Object.fromEntries(frame.prefixes.flatMap((prefix) => outputsAt(prefix, steps))),
      run: { id: runId, startedAt: new Date(startedMs).toISOString() },
      flow: { id: flowId, name: this.#flowName },
      now: new Date(this.#now()).toISOString(),
    }
  }
}

/** By id, of the steps done in one round; their keys go on without another dot. */
function outputsAt(prefix: string, steps: RunState['steps']): [string, unknown][] {
  return Object.entries(steps).flatMap(([key, { status, output }]) => {
    const id = key.startsWith(prefix) ? key.slice(prefix.length) : '.'
    return status === 'done' && !id.includes('.') ? [[id, output] as [string, unknown]] : []
  })
}

/** What an expression or a template throws is a failure of its step. */
function asked<Value>(ask: () => Value): Value {
  try {
    return ask()
  } catch (error) {
    throw new StepFailure('flow.expression_failed', (error as Error).message.split('\n')[0]!)
  }
}
