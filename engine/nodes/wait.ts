import { durationMs } from '#core/flows/duration.ts'
import { StepFailure } from './failures.ts'
import type { Behaviour } from './node.ts'

export const wait: Behaviour = async (here, run) => {
  const ms = durationMs(String(run.fill(here.step.with['for'], here)))
  if (ms === null)
    throw new StepFailure(
      'flow.value_invalid',
      'How long to wait is no duration: give one, such as PT15M.',
    )
  here.local['untilMs'] ??= run.now() + ms
  await run.until(here.local['untilMs'] as number, () => false)
  return {}
}
