import { StepFailure } from './failures.ts'
import type { Behaviour } from './node.ts'

export const waitUntil: Behaviour = async (here, run) => {
  here.local['untilMs'] ??= Date.parse(String(run.fill(here.step.with['at'], here)))
  const untilMs = here.local['untilMs'] as number
  if (Number.isNaN(untilMs)) {
    throw new StepFailure(
      'flow.value_invalid',
      'Until when to wait is neither a day nor an instant: give one, such as 2026-12-24.',
    )
  }
  await run.until(untilMs, () => false)
  return {}
}
