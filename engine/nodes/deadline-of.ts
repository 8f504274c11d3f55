import { durationMs } from '#core/flows/duration.ts'
import { StepFailure } from './failures.ts'
import type { Here, NodeTools } from './node.ts'

/** When the time of a step is over that has a timeout. */
export function deadlineOf(here: Here, run: NodeTools): number {
  const ms = durationMs(String(run.fill(here.step.with['timeout'], here)))
  if (ms === null)
    throw new StepFailure(
      'flow.value_invalid',
      'Its timeout is no duration: give one, such as P2D.',
    )
  return run.now() + ms
}
