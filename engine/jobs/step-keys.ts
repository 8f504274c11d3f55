import type { Step } from '#core/contracts/flows/step.ts'
import type { Frame } from '../nodes/node.ts'

/** The key of what is recorded of a step, in the innermost round it is done in. */
export const keyOf = ({ id }: Pick<Step, 'id'>, { prefixes }: Frame) => `${prefixes.at(-1)!}${id}`

/** Those of `keys` that are of steps and all within them, in this frame and in loops among them. */
export function keysOf(steps: readonly Step[], frame: Frame, keys: readonly string[]): string[] {
  const starts = within(steps).map((step) => keyOf(step, frame))
  return keys.filter((key) => starts.some((start) => key === start || key.startsWith(`${start}[`)))
}

function within(steps: readonly Step[]): Step[] {
  return steps.flatMap((step) => [step, ...Object.values(step.blocks ?? {}).flatMap(within)])
}
