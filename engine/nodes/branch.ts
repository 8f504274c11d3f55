import type { Condition } from '#core/contracts/flows/condition.ts'
import { blockOf, type Behaviour } from './node.ts'

interface Case {
  readonly id: string
  readonly when: Condition
}

/** The way is chosen once, so that a run that goes on elsewhere goes on the same way. */
export const branch: Behaviour = async (here, run) => {
  const { local, frame } = here
  local['case'] ??=
    (here.step.with['cases'] as Case[]).find(({ when }) => run.holds(when, here))?.id ?? 'else'
  const steps = blockOf(here, local['case'] as string)
  await run.doSteps(steps, frame)
  run.forget(steps, frame)
  return { case: local['case'] }
}
