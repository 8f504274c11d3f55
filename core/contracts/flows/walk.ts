import type { Flow } from './flow.ts'
import type { Step } from './step.ts'

/** A step where it stands. */
export interface Placed {
  readonly step: Step
  /** From the flow down, as in steps/1/blocks/do/0. */
  readonly path: string
  /** The block it stands in: `steps`, `onFailure`, or the name of a block of `within`. */
  readonly block: string
  readonly within: Placed | null
  /** Those done before it in the same block. */
  readonly before: readonly Step[]
  /** 1 for the steps of the flow itself. */
  readonly depth: number
}

/** Every step of a flow, in reading order. */
export function placedSteps({ steps, onFailure }: Pick<Flow, 'steps' | 'onFailure'>): Placed[] {
  return [
    ...placed(steps, 'steps', 'steps', null),
    ...placed(onFailure, 'onFailure', 'onFailure', null),
  ]
}

function placed(
  steps: readonly Step[],
  prefix: string,
  block: string,
  within: Placed | null,
): Placed[] {
  return steps.flatMap((step, at) => {
    const path = `${prefix}/${at}`
    const depth = (within?.depth ?? 0) + 1
    const here: Placed = { step, path, block, within, before: steps.slice(0, at), depth }
    const blocks = Object.entries(step.blocks ?? {})
    return [
      here,
      ...blocks.flatMap(([name, inner]) => placed(inner, `${path}/blocks/${name}`, name, here)),
    ]
  })
}
